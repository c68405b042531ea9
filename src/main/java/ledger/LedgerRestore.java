package ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import model.DocumentState;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new ledger from the known pages, next to the old one, which it replaces once it is
 * complete. Not thread-safe.
 */
public final class LedgerRestore implements AutoCloseable {
  private static final int PAGES_PER_TRANSACTION = 200;
  private static final String[] SIDE_FILES = {"", "-wal", "-shm"};

  private final Path ledger;
  private final Path made;
  private final Connection connection;
  private final DocumentWrites documents;
  private final PageWrites pages;
  private Instant time = Instant.EPOCH;
  private int pagesWritten;

  private LedgerRestore(Path ledger, Path made, Connection connection) throws SQLException {
    this.ledger = ledger;
    this.made = made;
    this.connection = connection;
    PageCountWrites counts = new PageCountWrites(connection, () -> time);
    this.documents = new DocumentWrites(connection, () -> time, counts);
    this.pages = new PageWrites(connection, () -> time, new PagesBegun());
  }

  /**
   * Begins a new ledger.
   *
   * @param ledger the ledger that it replaces, if there is one; not open
   */
  public static LedgerRestore of(Path ledger) throws IOException {
    Path made = ledger.resolveSibling("ledger.restored.db");
    delete(made);
    try {
      return of(ledger, made, LedgerDatabase.open(made).getConnection());
    } catch (SQLException | FlywayException e) {
      throw failed(e);
    }
  }

  /**
   * @param connection to the new ledger, which is empty
   */
  static LedgerRestore of(Path ledger, Path made, Connection connection) throws IOException {
    try {
      // until it is complete, it counts for nothing
      Sql.execute(connection, "PRAGMA synchronous = OFF", "PRAGMA cache_size = -65536", "BEGIN");
      return new LedgerRestore(ledger, made, connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Whether there is a ledger that has anything in it, or that cannot be read. */
  public static boolean hasContent(Path ledger) {
    if (Files.notExists(ledger)) {
      return false;
    }
    try (Ledger known = Ledger.open(ledger)) {
      return !known.isEmpty();
    } catch (DamagedLedgerException e) {
      return true;
    }
  }

  /**
   * Writes a closed page. Pages come in their order.
   *
   * @param total the portal's total when it was read; null if it named none
   * @param isAccepted whether a person has accepted it as it is
   * @param names by which its rows are found: see {@link model.ListedName}
   */
  public void page(
      int page,
      @Nullable Long total,
      boolean isAccepted,
      List<RestoredRow> rows,
      Collection<Long> names)
      throws IOException {
    try {
      for (RestoredRow row : rows) {
        time = row.at();
        document(page, row);
      }
      List<UnstoredRow> unstored =
          rows.stream().map(RestoredRow::unstored).filter(Objects::nonNull).toList();
      pages.addNames(page, names);
      pages.close(page, unstored, total);
      if (isAccepted) {
        pages.accept(page);
      }
      if (++pagesWritten % PAGES_PER_TRANSACTION == 0) {
        Sql.execute(connection, "COMMIT", "BEGIN");
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Of several rows, the first that is stored counts, else the first. */
  private void document(int page, RestoredRow row) throws SQLException {
    DocumentState state = row.state();
    if (state == DocumentState.STORED) {
      if (documents.state(row.id()) != DocumentState.STORED) {
        documents.stored(row.id(), page, row.size(), row.sha256(), row.defect(), row.validators());
        if (row.previousSha256() != null) {
          documents.replaced(row.id(), row.previousSha256());
        }
      }
    } else if (state != null && documents.state(row.id()) == null) {
      documents.failed(row.id(), page, state, row.reason(), row.httpStatus());
      UnstoredRow unstored = row.unstored();
      if (unstored != null && unstored.acceptance() != null) {
        documents.accept(row.id(), unstored.acceptance());
      }
    }
  }

  /** A script has followed the portal's total to this page, past its configured end. */
  public void sweptTo(int script, int lastPage) throws IOException {
    try {
      pages.extendSweep(script, lastPage);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Puts the new ledger in place. The old one is kept as {@code ledger.replaced.db}. */
  public void finish() throws IOException {
    try {
      Sql.execute(
          connection,
          "COMMIT",
          "PRAGMA user_version = " + LedgerDatabase.RESTORED,
          "PRAGMA synchronous = FULL",
          "PRAGMA wal_checkpoint(TRUNCATE)");
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
    Path replaced = ledger.resolveSibling("ledger.replaced.db");
    delete(replaced);
    for (String end : SIDE_FILES) {
      Path old = LedgerDatabase.beside(ledger, end);
      if (Files.exists(old)) {
        Files.move(old, LedgerDatabase.beside(replaced, end));
      }
    }
    Files.move(made, ledger, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path database) throws IOException {
    for (String end : SIDE_FILES) {
      Path file = LedgerDatabase.beside(database, end);
      if (!Files.isDirectory(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static IOException failed(Exception e) {
    return new IOException(e.getMessage(), e);
  }

  /** Gives the new ledger up, unless it is in place. */
  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
    delete(made);
  }
}
