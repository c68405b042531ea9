package scripts;

import java.util.Set;
import java.util.function.Consumer;
import ledger.FailureFilter;
import ledger.Ledger;
import ledger.RepairOrder;
import model.Acceptance;

/** What is done about documents that did not come, or that an audit found damaged. */
public final class Mending {
  private final Ledger ledger;
  private final ScriptTable scripts;
  private final Consumer<Set<Integer>> start;

  /**
   * @param start starts those of these scripts that have work left
   */
  Mending(Ledger ledger, ScriptTable scripts, Consumer<Set<Integer>> start) {
    this.ledger = ledger;
    this.scripts = scripts;
    this.start = start;
  }

  /**
   * Queues failed documents again. Completed scripts start on them at once.
   *
   * @return the number of documents
   */
  public int retryFailed(FailureFilter filter) {
    Set<Integer> completed = scripts.completed();
    int queued = ledger.retries().requeueFailed(filter);
    start.accept(completed);
    return queued;
  }

  /**
   * Mends what an audit has found. Completed scripts start on it at once.
   *
   * @return the number of documents that are fetched again
   */
  public int repair(RepairOrder order) {
    Set<Integer> completed = scripts.completed();
    int queued = ledger.retries().fetchAgain(order.documents());
    ledger.sweeps().reopen(order.pages());
    if (order.lastPage() > 0) {
      scripts.all().forEach(script -> script.growTo(order.lastPage()));
    }
    start.accept(completed);
    return queued;
  }

  /**
   * A person accepts that failed documents will not come. Completed scripts start at once, to write
   * the manifests of their pages anew.
   *
   * @return the number of documents
   */
  public int acceptFailed(FailureFilter filter, Acceptance acceptance) {
    Set<Integer> completed = scripts.completed();
    int accepted = ledger.retries().accept(filter, acceptance);
    start.accept(completed);
    return accepted;
  }
}
