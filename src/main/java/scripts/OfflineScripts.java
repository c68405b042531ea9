package scripts;

import config.HarvestSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ledger.FailureFilter;
import ledger.Ledger;
import ledger.RepairOrder;
import model.Distribution;
import model.PageRange;
import model.Script;

/**
 * The scripts of an instance that is not running, for commands that change its ledger meanwhile.
 */
public final class OfflineScripts {
  private final Ledger ledger;
  private final List<Script> own;
  private final Script last;

  public OfflineScripts(HarvestSettings harvest, Ledger ledger) {
    Distribution distribution = harvest.distribution();
    this.ledger = ledger;
    this.own = distribution.scriptsOf(harvest.instanceId());
    this.last = distribution.scriptOfPage(distribution.pages());
  }

  /** The numbers of this instance's scripts. */
  public List<Integer> ids() {
    return own.stream().map(Script::id).toList();
  }

  /** A script's pages, as far as it has followed the portal's growth; empty if it has none. */
  public Optional<PageRange> pages(int id) {
    return own.stream().filter(script -> script.id() == id).findFirst().flatMap(this::pages);
  }

  private Optional<PageRange> pages(Script script) {
    return script
        .pages()
        .map(
            range ->
                new PageRange(
                    range.first(), RangeEnd.page(script, script.equals(last), ledger.sweeps())));
  }

  /**
   * Queues failed documents again. Scripts that were completed start on them with the instance;
   * stopped ones when they are started.
   *
   * @return the number of documents
   */
  public int retryFailed(FailureFilter filter) {
    Set<Integer> completed = completed();
    int queued = ledger.retries().requeueFailed(filter);
    wake(completed);
    return queued;
  }

  /** Repairs what an audit has found. Scripts that were completed start on it with the instance. */
  public void repair(RepairOrder order) {
    Set<Integer> completed = completed();
    ledger.retries().fetchAgain(order.documents());
    ledger.sweeps().repair(order.pages());
    order
        .beyond()
        .ifPresent(
            grown -> {
              ledger.sweeps().reopen(grown);
              ledger.sweeps().extendSweep(last.id(), grown.last());
            });
    wake(completed);
  }

  /** Those that were completed, and are not any more, start with the instance. */
  private void wake(Set<Integer> completed) {
    completed.removeAll(completed());
    ledger.instance().setRunning(completed, true);
  }

  private Set<Integer> completed() {
    Set<Integer> completed = new TreeSet<>();
    for (Script script : own) {
      pages(script)
          .filter(pages -> ledger.pages().nextOpen(pages.first()) > pages.last())
          .ifPresent(pages -> completed.add(script.id()));
    }
    return completed;
  }
}
