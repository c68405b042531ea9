package scripts;

import ledger.FailureFilter;
import ledger.Ledger;
import ledger.RepairOrder;
import model.Acceptance;

/** Retries, repairs and acceptances of documents that failed, or that an audit found damaged. */
public final class Remedies {
  private final Ledger ledger;
  private final ScriptTable scripts;
  private final Runnable startCompleted;

  /**
   * @param startCompleted starts completed scripts that have work again
   */
  Remedies(Ledger ledger, ScriptTable scripts, Runnable startCompleted) {
    this.ledger = ledger;
    this.scripts = scripts;
    this.startCompleted = startCompleted;
  }

  /**
   * Queues failed documents again. Completed scripts start on them at once.
   *
   * @return the number of documents
   */
  public int retryFailed(FailureFilter filter) {
    int queued = ledger.retries().requeueFailed(filter);
    startCompleted.run();
    return queued;
  }

  /**
   * Repairs what an audit has found. Completed scripts start on it at once.
   *
   * @return the number of documents that are fetched again
   */
  public int repair(RepairOrder order) {
    int queued = ledger.retries().fetchAgain(order.documents());
    ledger.sweeps().repair(order.pages());
    order
        .beyond()
        .ifPresent(
            grown -> {
              ledger.sweeps().reopen(grown);
              scripts.all().forEach(script -> script.growTo(grown.last()));
            });
    startCompleted.run();
    return queued;
  }

  /**
   * Records that a person accepts that failed documents will not come. Completed scripts start at
   * once, to write the manifests of their pages anew.
   *
   * @return the number of documents
   */
  public int acceptFailed(FailureFilter filter, Acceptance acceptance) {
    int accepted = ledger.retries().accept(filter, acceptance);
    startCompleted.run();
    return accepted;
  }
}
