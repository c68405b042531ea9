package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import model.DocumentState;

/** Queues documents again that were given up. Runs on the writer's thread only. */
final class RetryWrites {
  private static final String FAILED = "state = 'failed'";

  /** An accepted page is left as it is. */
  private static final String GONE =
      """
      state = 'failed' AND reason = 'gone' AND looked_at_end = 0 AND id IN (
        SELECT u.id FROM unstored_rows u JOIN pages p ON p.page = u.page
        WHERE u.page BETWEEN %d AND %d AND u.state = 'failed' AND p.accepted = 0)""";

  /** The result of queueing failed documents again. */
  record Requeued(int documents, List<PageBook.Delta> deltas, List<Integer> pages) {}

  private record Known(String id, int page, DocumentState state) {
    boolean isFailed() {
      return state == DocumentState.FAILED;
    }
  }

  private final Connection connection;
  private final PageCountWrites counts;

  RetryWrites(Connection connection, PageCountWrites counts) {
    this.connection = connection;
    this.counts = counts;
  }

  Requeued requeueFailed() throws SQLException {
    return requeue(FAILED, "attempts = 0, looked_at_end = 0");
  }

  /** The attempts stay as they are, so that one more is enough. */
  Requeued requeueGone(int first, int last) throws SQLException {
    return requeue(GONE.formatted(first, last), "looked_at_end = 1");
  }

  /**
   * @param which condition on a failed document
   * @param change what to set besides its state
   */
  private Requeued requeue(String which, String change) throws SQLException {
    List<PageBook.Delta> deltas =
        Sql.list(
            connection,
            "SELECT page, count(*) FROM documents WHERE " + which + " GROUP BY page",
            row -> new PageBook.Delta(row.getInt(1), 0, 0, -row.getInt(2)));
    int documents = 0;
    for (PageBook.Delta delta : deltas) {
      counts.add(delta);
      documents -= delta.failed();
    }
    List<Integer> pages =
        Sql.list(
            connection,
            """
            SELECT DISTINCT u.page FROM unstored_rows u JOIN pages p ON p.page = u.page
            WHERE u.state = 'failed' AND p.state = 'complete'
              AND u.id IN (SELECT id FROM documents WHERE %s)"""
                .formatted(which),
            row -> row.getInt(1));
    for (int page : pages) {
      Sql.update(connection, "UPDATE pages SET state = 'retry' WHERE page = ?", page);
    }
    Sql.update(connection, "UPDATE documents SET state = 'queued', " + change + " WHERE " + which);
    return new Requeued(documents, deltas, pages);
  }

  List<PageBook.Delta> tryAgain(Collection<String> ids) throws SQLException {
    List<PageBook.Delta> deltas = new ArrayList<>();
    for (Known known : known(ids)) {
      if (known.isFailed() || known.state() == DocumentState.REJECTED) {
        Sql.update(
            connection,
            "UPDATE documents SET state = 'queued', attempts = 0, looked_at_end = 0 WHERE id = ?",
            known.id());
        deltas.add(counts.add(new PageBook.Delta(known.page(), 0, 0, known.isFailed() ? -1 : 0)));
      }
    }
    return deltas;
  }

  List<PageBook.Delta> giveUp(Map<String, DocumentState> states) throws SQLException {
    List<PageBook.Delta> deltas = new ArrayList<>();
    for (Known known : known(states.keySet())) {
      DocumentState state = states.get(known.id());
      if (state != null && known.state() == DocumentState.QUEUED) {
        Sql.update(
            connection, "UPDATE documents SET state = ? WHERE id = ?", state.word(), known.id());
        int failed = state == DocumentState.FAILED ? 1 : 0;
        deltas.add(counts.add(new PageBook.Delta(known.page(), 0, 0, failed)));
      }
    }
    return deltas;
  }

  /** What the ledger knows of these documents; of those it does not know, nothing. */
  private List<Known> known(Collection<String> ids) throws SQLException {
    List<Known> known = new ArrayList<>();
    for (String id : ids) {
      known.addAll(
          Sql.list(
              connection,
              "SELECT page, state FROM documents WHERE id = ?",
              row -> new Known(id, row.getInt(1), DocumentState.of(row.getString(2))),
              id));
    }
    return known;
  }
}
