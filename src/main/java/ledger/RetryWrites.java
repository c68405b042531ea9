package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import model.Acceptance;
import model.DocumentState;

/** Queues documents again that were given up. Runs on the writer's thread only. */
final class RetryWrites {
  /** The result of queueing failed documents again, or of accepting them. */
  record Requeued(int documents, List<PageBook.Delta> deltas, List<Integer> pages) {}

  private record Known(
      String id, int page, DocumentState state, boolean isRetried, boolean isAccepted) {
    boolean isFailed() {
      return state == DocumentState.FAILED;
    }
  }

  private final Connection connection;
  private final PageCountWrites counts;
  private final ChosenDocuments chosen;

  RetryWrites(Connection connection, PageCountWrites counts) {
    this.connection = connection;
    this.counts = counts;
    this.chosen = new ChosenDocuments(connection);
  }

  Requeued requeueFailed(FailureFilter filter) throws SQLException {
    chosen.chooseToRetry(filter);
    return requeue("attempts = 0, looked_at_end = 0, accepted_at = NULL, note = NULL");
  }

  /** The pages are opened for new manifests only. */
  Requeued accept(FailureFilter filter, Acceptance acceptance) throws SQLException {
    chosen.choose(filter);
    List<Integer> pages = reopenPages();
    int documents =
        Sql.update(
            connection,
            "UPDATE documents SET accepted_at = ?, note = ? WHERE id IN (SELECT id FROM chosen)",
            acceptance.at().toEpochMilli(),
            acceptance.note());
    return new Requeued(documents, List.of(), pages);
  }

  /** The attempts stay as they are, so that one more is enough. */
  Requeued requeueGone(int first, int last) throws SQLException {
    chosen.chooseGone(first, last);
    return requeue("looked_at_end = 1");
  }

  /**
   * @param change what to set besides their state
   */
  private Requeued requeue(String change) throws SQLException {
    List<PageBook.Delta> deltas =
        Sql.list(
            connection,
            "SELECT page, count(*) FROM documents WHERE id IN (SELECT id FROM chosen) GROUP BY page",
            row -> new PageBook.Delta(row.getInt(1), 0, 0, -row.getInt(2), row.getInt(2)));
    int documents = 0;
    for (PageBook.Delta delta : deltas) {
      counts.add(delta);
      documents += delta.retrying();
    }
    List<Integer> pages = reopenPages();
    Sql.update(
        connection,
        "UPDATE documents SET state = 'queued', retrying = 1, "
            + change
            + " WHERE id IN (SELECT id FROM chosen)");
    return new Requeued(documents, deltas, pages);
  }

  /** Reopens every complete page that lists one of the chosen documents. */
  private List<Integer> reopenPages() throws SQLException {
    List<Integer> pages =
        Sql.list(
            connection,
            """
            SELECT DISTINCT u.page FROM chosen c JOIN unstored_rows u ON u.id = c.id
              JOIN pages p ON p.page = u.page
            WHERE u.state = 'failed' AND p.state = 'complete'""",
            row -> row.getInt(1));
    for (int page : pages) {
      Sql.update(connection, "UPDATE pages SET state = 'retry' WHERE page = ?", page);
    }
    return pages;
  }

  List<PageBook.Delta> tryAgain(Collection<String> ids) throws SQLException {
    List<PageBook.Delta> deltas = new ArrayList<>();
    for (Known known : known(ids)) {
      boolean isOver = known.isFailed() || known.state() == DocumentState.REJECTED;
      if (isOver && !known.isAccepted()) {
        Sql.update(
            connection,
            "UPDATE documents SET state = 'queued', attempts = 0, looked_at_end = 0 WHERE id = ?",
            known.id());
        int failed = known.isFailed() ? -1 : 0;
        deltas.add(counts.add(new PageBook.Delta(known.page(), 0, 0, failed, 0)));
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
            connection,
            "UPDATE documents SET state = ?, retrying = 0 WHERE id = ?",
            state.word(),
            known.id());
        int failed = state == DocumentState.FAILED ? 1 : 0;
        int retried = known.isRetried() ? -1 : 0;
        deltas.add(counts.add(new PageBook.Delta(known.page(), 0, 0, failed, retried)));
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
              "SELECT page, state, retrying, accepted_at IS NOT NULL FROM documents WHERE id = ?",
              row ->
                  new Known(
                      id,
                      row.getInt(1),
                      DocumentState.of(row.getString(2)),
                      row.getBoolean(3),
                      row.getBoolean(4)),
              id));
    }
    return known;
  }
}
