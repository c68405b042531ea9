package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import model.Redactor;

/**
 * What a person may want to know about one document. It shares its connection with other lists, but
 * never with the work on documents. Thread-safe.
 */
public final class DocumentHistory {
  /** An address with its secrets removed stands for only a few documents. */
  private static final int MOST_WITH_SECRETS = 1000;

  private final Connection connection;

  DocumentHistory(Connection connection) {
    this.connection = connection;
  }

  /**
   * The attempts at a document, oldest first: the latest failed ones, and the last successful one.
   *
   * @param known its record
   */
  public List<DocumentTry> tries(DocumentRecord known) {
    List<DocumentTry> tries = new ArrayList<>(kept(known.id()));
    String reason = known.reason();
    if (known.sha256() != null) {
      tries.add(new DocumentTry(known.updatedAt(), null, OptionalInt.empty()));
    } else if (tries.isEmpty() && reason != null) { // it failed before tries were kept
      tries.add(new DocumentTry(known.updatedAt(), reason, known.httpStatus()));
    }
    return tries;
  }

  private List<DocumentTry> kept(String id) {
    return list(
        "SELECT at, reason, http_status FROM tries WHERE id = ? ORDER BY number",
        row ->
            new DocumentTry(
                Instant.ofEpochMilli(row.getLong(1)), row.getString(2), Sql.optionalInt(row, 3)),
        id);
  }

  /**
   * The closed pages that list a name, as {@link model.ListedName} computes it; at most {@code
   * most} of them.
   */
  public List<Integer> pages(long name, int most) {
    return list(
        "SELECT page FROM names WHERE name = ? ORDER BY page LIMIT ?",
        row -> row.getInt(1),
        name,
        most);
  }

  /** The documents whose id is shown like this one, from which secrets were removed. */
  public List<String> shownAs(String id) {
    String begin = id.substring(0, id.indexOf(Redactor.HIDDEN));
    return list(
            "SELECT id FROM documents WHERE id >= ? AND id < ? LIMIT ?",
            row -> row.getString(1),
            begin,
            begin + Character.MAX_VALUE,
            MOST_WITH_SECRETS)
        .stream()
        .filter(known -> Redactor.redact(known).equals(id))
        .toList();
  }

  /** The rows of closed pages with this id whose document is not in the bucket. */
  public List<UnstoredRow> unstored(String id) {
    return list(FailureList.OF_DOCUMENT, FailureList::row, id);
  }

  private <T> List<T> list(String sql, Sql.RowReader<T> reader, Object... values) {
    try {
      return Sql.list(connection, sql, reader, values);
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }
}
