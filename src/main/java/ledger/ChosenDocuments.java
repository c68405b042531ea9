package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import model.PageRange;
import model.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * The failed documents that a change is about, in a temporary table {@code chosen}, so that any
 * number of them needs little memory. Runs on the writer's thread only.
 */
final class ChosenDocuments {
  private static final String MATCHES =
      """
      d.state = 'failed' AND (?1 IS NULL OR d.reason = ?1)
        AND (?2 IS NULL OR d.page BETWEEN ?2 AND ?3 OR EXISTS (
          SELECT 1 FROM unstored_rows u WHERE u.id = d.id AND u.page BETWEEN ?2 AND ?3))""";

  private static final String NOT_ACCEPTED = " AND d.accepted_at IS NULL";

  /** What open data lacks or holds broken does not change by asking again. */
  private static final String NOT_LASTING =
      " AND NOT (d.reason IN ('gone', 'not_pdf', 'truncated', 'empty') AND EXISTS ("
          + "SELECT 1 FROM harvest WHERE key = 'portal.type' AND value = 'opendata'))";

  private final Connection connection;

  ChosenDocuments(Connection connection) {
    this.connection = connection;
  }

  /** Chooses exactly these documents, without accepted ones. */
  void choose(FailureFilter filter) throws SQLException {
    choose(filter, NOT_ACCEPTED);
  }

  /**
   * Chooses exactly these documents; accepted or permanent failures only if the filter names their
   * ids.
   */
  void chooseToRetry(FailureFilter filter) throws SQLException {
    choose(filter, filter.ids() == null ? NOT_ACCEPTED + NOT_LASTING : "");
  }

  private void choose(FailureFilter filter, String also) throws SQLException {
    clear();
    if (filter.ids() == null) {
      insert("FROM documents d INDEXED BY documents_failed WHERE " + MATCHES + also, filter, null);
      return;
    }
    for (String id : filter.ids()) {
      for (String whole : id.contains(Redactor.HIDDEN) ? withSecrets(id) : List.of(id)) {
        insert("FROM documents d WHERE d.id = ?4 AND " + MATCHES + also, filter, whole);
      }
    }
  }

  /**
   * Chooses the documents that are gone, and not yet looked for at the end of these pages. What a
   * person has accepted is left as it is.
   */
  void chooseGone(int first, int last) throws SQLException {
    clear();
    Sql.update(
        connection,
        """
        INSERT INTO chosen SELECT id FROM documents d
        WHERE state = 'failed' AND reason = 'gone' AND looked_at_end = 0
          AND accepted_at IS NULL AND id IN (
          SELECT u.id FROM unstored_rows u JOIN pages p ON p.page = u.page
          WHERE u.page BETWEEN ? AND ? AND u.state = 'failed' AND p.accepted = 0)"""
            + NOT_LASTING,
        first,
        last);
  }

  private void clear() throws SQLException {
    Sql.update(
        connection, "CREATE TEMP TABLE IF NOT EXISTS chosen (id TEXT PRIMARY KEY) WITHOUT ROWID");
    Sql.update(connection, "DELETE FROM chosen");
  }

  private void insert(String from, FailureFilter filter, @Nullable String id) throws SQLException {
    PageRange pages = filter.pages();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(filter.reason());
    values.add(pages == null ? null : pages.first());
    values.add(pages == null ? null : pages.last());
    if (id != null) {
      values.add(id);
    }
    Sql.update(connection, "INSERT OR IGNORE INTO chosen SELECT d.id " + from, values.toArray());
  }

  /** The ids that are shown like this one. */
  private List<String> withSecrets(String shown) throws SQLException {
    List<String> ids =
        Sql.list(
            connection,
            "SELECT id FROM documents INDEXED BY documents_failed WHERE state = 'failed'"
                + " AND id LIKE ? ESCAPE '!'",
            row -> row.getString(1),
            shown.replaceAll("[!%_]", "!$0").replace(Redactor.HIDDEN, "%"));
    return ids.stream().filter(id -> Redactor.redact(id).equals(shown)).toList();
  }
}
