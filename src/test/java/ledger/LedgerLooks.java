package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in the file of a ledger. */
public final class LedgerLooks implements AutoCloseable {
  /** What the ledger knows of a document. */
  public record Known(String id, String state, String reason, String sha256) {}

  private final Connection connection;

  LedgerLooks(Connection connection) {
    this.connection = connection;
  }

  /** All documents, by id. */
  public Map<String, Known> documents() throws SQLException {
    Map<String, Known> known = new HashMap<>();
    Sql.each(
        connection,
        "SELECT id, state, reason, sha256 FROM documents",
        row -> {
          String id = row.getString(1);
          byte[] sha256 = row.getBytes(4);
          known.put(
              id,
              new Known(
                  id,
                  row.getString(2),
                  row.getString(3),
                  sha256 == null ? "" : HexFormat.of().formatHex(sha256)));
        });
    return known;
  }

  /** The states of all pages, by number. */
  public Map<Integer, String> pages() throws SQLException {
    Map<Integer, String> pages = new TreeMap<>();
    Sql.each(
        connection,
        "SELECT page, state FROM pages",
        row -> pages.put(row.getInt(1), row.getString(2)));
    return pages;
  }

  /** The ids of the rows that the ledger says are not stored, by page. */
  public Map<Integer, List<String>> unstored() throws SQLException {
    Map<Integer, List<String>> rows = new TreeMap<>();
    Sql.each(
        connection,
        "SELECT page, id FROM unstored_rows ORDER BY page, row",
        row ->
            rows.computeIfAbsent(row.getInt(1), page -> new ArrayList<>()).add(row.getString(2)));
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
