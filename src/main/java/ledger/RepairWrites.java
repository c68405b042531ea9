package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger.RetryWrites.Requeued;
import model.DocumentState;

/**
 * Queues documents again that an audit found missing or damaged. Runs on the writer's thread only.
 */
final class RepairWrites {
  private final Connection connection;
  private final PageCountWrites counts;
  private final PagesBegun begun;

  RepairWrites(Connection connection, PageCountWrites counts, PagesBegun begun) {
    this.begun = begun;
    this.connection = connection;
    this.counts = counts;
  }

  /** Queues these documents, whatever their state, and reopens all complete pages that list one. */
  Requeued fetchAgain(Map<String, ? extends Collection<Integer>> documents) throws SQLException {
    List<PageBook.Delta> deltas = new ArrayList<>();
    Set<Integer> pages = new TreeSet<>();
    for (Map.Entry<String, ? extends Collection<Integer>> document : documents.entrySet()) {
      String id = document.getKey();
      for (PageBook.Delta delta : queued(id)) {
        deltas.add(counts.add(delta));
      }
      Sql.update(
          connection,
          "UPDATE documents SET state = 'queued', attempts = 0, looked_at_end = 0, retrying = 1"
              + " WHERE id = ? AND state <> 'queued'",
          id);
      reopen(document.getValue(), pages);
      reopen(
          Sql.list(
              connection, "SELECT page FROM unstored_rows WHERE id = ?", row -> row.getInt(1), id),
          pages);
    }
    return new Requeued(documents.size(), deltas, List.copyOf(pages));
  }

  /** How the counts of its page change; nothing if it is unknown, or queued already. */
  private List<PageBook.Delta> queued(String id) throws SQLException {
    return Sql.list(
        connection,
        "SELECT page, state, size FROM documents WHERE id = ? AND state <> 'queued'",
        row -> {
          DocumentState state = DocumentState.of(row.getString(2));
          boolean isStored = state == DocumentState.STORED;
          return new PageBook.Delta(
              row.getInt(1),
              isStored ? -1 : 0,
              isStored ? -row.getLong(3) : 0,
              state == DocumentState.FAILED ? -1 : 0,
              1);
        },
        id);
  }

  private void reopen(Collection<Integer> pages, Set<Integer> reopened) throws SQLException {
    begun.retry(pages);
    for (int page : pages) {
      int changed =
          Sql.update(
              connection,
              "UPDATE pages SET state = 'retry' WHERE page = ? AND state = 'complete'",
              page);
      if (changed > 0) {
        reopened.add(page);
      }
    }
  }
}
