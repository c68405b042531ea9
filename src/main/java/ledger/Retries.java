package ledger;

import java.util.Collection;
import java.util.Map;
import model.Acceptance;
import model.DocumentState;
import model.PageState;

/** Retries, repairs and acceptances of documents that were given up. Thread-safe. */
public final class Retries {
  private final GroupCommit writer;
  private final RetryWrites writes;
  private final RepairWrites repairs;
  private final PageBook book;

  Retries(GroupCommit writer, RetryWrites writes, RepairWrites repairs, PageBook book) {
    this.writer = writer;
    this.writes = writes;
    this.repairs = repairs;
    this.book = book;
  }

  /**
   * Queues failed documents again, and reopens their pages.
   *
   * @return how many documents
   */
  public int requeueFailed(FailureFilter filter) {
    return requeue(c -> writes.requeueFailed(filter));
  }

  /**
   * Accepts that failed documents will not come. Nothing tries them again until {@link
   * #requeueFailed} names them by id. Their pages get new manifests, which say so.
   *
   * @return how many documents; those that were accepted before do not count
   */
  public int accept(FailureFilter filter, Acceptance acceptance) {
    return requeue(c -> writes.accept(filter, acceptance));
  }

  /**
   * Queues the documents on these pages that are gone, for one more attempt, and reopens every page
   * that lists one. Each document only once until it is queued in another way or its page is swept.
   *
   * @return how many documents
   */
  public int requeueGone(int first, int last) {
    return requeue(c -> writes.requeueGone(first, last));
  }

  /**
   * Queues these documents again, whatever their state, and opens all pages that list one, so that
   * each gets a new manifest.
   *
   * @param documents their pages, by id
   * @return how many documents
   */
  public int fetchAgain(Map<String, ? extends Collection<Integer>> documents) {
    return writer
        .commit(
            c -> repairs.fetchAgain(documents),
            requeued -> {
              note(requeued);
              documents.values().forEach(book.begun()::retry);
            })
        .documents();
  }

  private int requeue(GroupCommit.Change<RetryWrites.Requeued> change) {
    return writer.commit(change, this::note).documents();
  }

  private void note(RetryWrites.Requeued requeued) {
    requeued.deltas().forEach(book::add);
    requeued.pages().forEach(page -> book.mark(page, PageState.RETRY));
  }

  /** Queues those of these documents again that failed or were rejected; all tries are left. */
  public void tryAgain(Collection<String> ids) {
    writer.commit(c -> writes.tryAgain(ids), deltas -> deltas.forEach(book::add));
  }

  /**
   * Gives those of these documents up that are queued, with the reason of their last attempt.
   *
   * @param states the resulting states, by id: failed or rejected
   */
  public void giveUp(Map<String, DocumentState> states) {
    writer.commit(c -> writes.giveUp(states), deltas -> deltas.forEach(book::add));
  }
}
