package audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import store.ManifestRow;
import store.Manifests;
import store.StoredObject;

/** The data of an audit, in a temporary database, so that millions of rows need little memory. */
final class AuditTables implements AutoCloseable {
  private static final String SCHEMA =
      """
      CREATE TABLE pages (page INTEGER PRIMARY KEY, etag TEXT, rows INTEGER NOT NULL,
        rejected INTEGER NOT NULL, gone INTEGER NOT NULL, bad TEXT, total INTEGER,
        listed INTEGER NOT NULL);
      CREATE TABLE named (page INTEGER NOT NULL, row INTEGER NOT NULL, key TEXT NOT NULL,
        size INTEGER, defect INTEGER NOT NULL, sha256 BLOB);
      CREATE INDEX named_page ON named (page);
      CREATE TABLE unstored (page INTEGER NOT NULL, row INTEGER NOT NULL, document TEXT NOT NULL,
        key TEXT, reason TEXT NOT NULL, retryable INTEGER NOT NULL, PRIMARY KEY (page, row))
        WITHOUT ROWID;
      CREATE TABLE objects (key TEXT PRIMARY KEY, size INTEGER NOT NULL,
        modified INTEGER NOT NULL) WITHOUT ROWID""";

  /** More pages than the name of a manifest can number. */
  private static final long PAGES_OF_A_HARVEST = 1_000_000_000L;

  private static final HexFormat HEX = HexFormat.of();

  /** Outside the Java heap. */
  private static final int CACHE_KIB = 32 * 1024;

  private final Path file;
  private final boolean withHashes;
  private final Connection connection;
  private final PreparedStatement putObject;
  private final PreparedStatement putNamed;
  private final PreparedStatement putUnstored;

  /**
   * @param withHashes whether the rows' hashes are kept
   */
  AuditTables(boolean withHashes) throws IOException, SQLException {
    this.withHashes = withHashes;
    this.file = Files.createTempFile(prefix(), ".db");
    file.toFile().deleteOnExit(); // for an audit that is ended by a signal
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    // the database does not outlive the audit
    update("PRAGMA journal_mode = OFF");
    update("PRAGMA synchronous = OFF");
    update("PRAGMA locking_mode = EXCLUSIVE");
    update("PRAGMA cache_size = -" + CACHE_KIB);
    update(
        "PRAGMA temp_store_directory = '"
            + file.resolveSibling("").toString().replace("'", "''")
            + "'");
    connection.setAutoCommit(false);
    for (String table : SCHEMA.split(";")) {
      update(table);
    }
    this.putObject = connection.prepareStatement("INSERT OR REPLACE INTO objects VALUES (?, ?, ?)");
    this.putNamed = connection.prepareStatement("INSERT INTO named VALUES (?, ?, ?, ?, ?, ?)");
    this.putUnstored =
        connection.prepareStatement("INSERT INTO unstored VALUES (?, ?, ?, ?, ?, ?)");
  }

  /** Names the process that owns the file, because others may audit at the same time. */
  static String prefix() {
    return "audit-" + ProcessHandle.current().pid() + "-";
  }

  /**
   * The number of a page in these tables. Those of further harvests are negative: no plan says how
   * many there must be.
   *
   * @param harvest 0 for the one that is audited, then 1, 2 …
   */
  static long page(int harvest, int page) {
    return harvest == 0 ? page : -(harvest * PAGES_OF_A_HARVEST + page);
  }

  /** The number of a page for people; null for one of a further harvest. */
  static @Nullable Integer shown(long page) {
    return page > 0 ? Math.toIntExact(page) : null;
  }

  /**
   * A page's manifest as the store lists it.
   *
   * @param page its {@link #page number}
   * @param etag its ETag
   * @param written when it was last modified. Taken as the time its page was read if the manifest
   *     does not name one; inexact for a page whose failed documents were retried, which is written
   *     again but not read again
   */
  record Listed(long page, String etag, Instant written) {}

  /** Stores the content of a page's manifest, replacing an earlier version. */
  void putPage(Listed manifest, List<ManifestRow> rows) throws SQLException {
    putPage(manifest, rows, null);
  }

  /** Records that a page's manifest cannot be read. */
  void putBadPage(Listed manifest, String why) throws SQLException {
    putPage(manifest, List.of(), why);
  }

  private void putPage(Listed manifest, List<ManifestRow> rows, @Nullable String bad)
      throws SQLException {
    long page = manifest.page();
    update("DELETE FROM named WHERE page = " + page);
    update("DELETE FROM unstored WHERE page = " + page);
    for (ManifestRow row : rows) {
      putRow(page, row);
    }
    putNamed.executeBatch();
    putUnstored.executeBatch();
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      put.setLong(1, page);
      put.setString(2, manifest.etag());
      put.setInt(3, rows.size());
      put.setLong(4, rows.stream().filter(ManifestRow::isRejected).count());
      put.setLong(5, rows.stream().filter(ManifestRow::isGone).count());
      put.setString(6, bad);
      OptionalLong total = Manifests.total(rows);
      put.setObject(7, total.isPresent() ? total.getAsLong() : null);
      put.setLong(8, Manifests.listedAt(rows).orElse(manifest.written()).toEpochMilli());
      put.executeUpdate();
    }
  }

  private void putRow(long page, ManifestRow row) throws SQLException {
    if (row.key() != null) {
      putNamed.setLong(1, page);
      putNamed.setInt(2, row.row());
      putNamed.setString(3, row.key());
      putNamed.setObject(4, row.isStored() ? row.size() : null);
      putNamed.setBoolean(5, row.defect() != null);
      putNamed.setBytes(6, withHashes && row.isStored() ? HEX.parseHex(row.sha256()) : null);
      putNamed.addBatch();
    }
    if (!row.isStored()) {
      putUnstored.setLong(1, page);
      putUnstored.setInt(2, row.row());
      putUnstored.setString(3, row.isDocument() ? row.id() : "/%d/%d".formatted(page, row.row()));
      putUnstored.setString(4, row.key());
      // only a stored row has no reason
      putUnstored.setString(5, Objects.requireNonNull(row.reason()).word());
      putUnstored.setBoolean(6, row.isRetryable());
      putUnstored.addBatch();
    }
  }

  /**
   * Creates the index by key, after the last page: one sort at the end is far cheaper than millions
   * of insertions.
   */
  void index() throws SQLException {
    update("CREATE INDEX named_key ON named (key, page, row, size, defect, sha256)");
    connection.commit();
  }

  void putObject(StoredObject object) throws SQLException {
    putObject.setString(1, object.key());
    putObject.setLong(2, object.size());
    putObject.setLong(3, object.modified().toEpochMilli());
    putObject.executeUpdate();
  }

  /** Whether the page's manifest was read with this ETag. */
  boolean isRead(Listed manifest) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM pages WHERE page = ? AND etag = ?")) {
      select.setLong(1, manifest.page());
      select.setString(2, manifest.etag());
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /** A consumer of result rows. */
  @FunctionalInterface
  interface Line {
    void take(ResultSet line) throws SQLException;
  }

  /** Runs a query. */
  void each(String sql, Line line, Object... parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet lines = select.executeQuery()) {
        while (lines.next()) {
          line.take(lines);
        }
      }
    }
  }

  /** Runs a query whose result is a single number. */
  long number(String sql, Object... parameters) throws SQLException {
    long[] number = new long[1];
    each(sql, line -> number[0] = line.getLong(1), parameters);
    return number[0];
  }

  private void update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("the audit's database could not be closed", e);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
