package ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads the ledger of an instance that may be running. Changes nothing. */
public final class LedgerView {
  private static final String PAGE =
      """
      SELECT d.page, coalesce(p.state, 'open') FROM documents d
        LEFT JOIN pages p ON p.page = d.page WHERE d.id = ?""";

  private LedgerView() {}

  /**
   * A document's page.
   *
   * @param page the page that brought it first
   * @param open whether the page is in work
   */
  public record KnownDocument(int page, boolean open) {}

  /**
   * Those of these documents that the ledger knows, by id; none if there is no ledger, or if it
   * cannot be read.
   */
  public static Map<String, KnownDocument> find(Path file, Collection<String> ids) {
    Map<String, KnownDocument> found = new HashMap<>();
    if (!Files.exists(file)) {
      return found;
    }
    try (Connection connection = LedgerDatabase.readOnly(file).getConnection()) {
      for (String id : ids) {
        Sql.list(
                connection,
                PAGE,
                row -> new KnownDocument(row.getInt(1), !row.getString(2).equals("complete")),
                id)
            .forEach(known -> found.put(id, known));
      }
      return found;
    } catch (SQLException e) {
      return Map.of();
    }
  }
}
