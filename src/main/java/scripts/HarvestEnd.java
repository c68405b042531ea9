package scripts;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The result of the finished pages, and the callback for when all scripts have completed. */
final class HarvestEnd implements ScriptListener {
  private static final Logger LOG = LoggerFactory.getLogger(HarvestEnd.class);
  private static final int NEVER = -1;

  private final ScriptTable scripts;
  private final AtomicInteger resumptions = new AtomicInteger();
  private Consumer<HarvestResult> whenCompleted = result -> {};
  private int told = NEVER; // the number of resumptions at the last callback

  HarvestEnd(ScriptTable scripts) {
    this.scripts = scripts;
  }

  HarvestResult result() {
    return HarvestResult.sum(scripts.all().stream().map(ScriptControl::result).toList());
  }

  /** Counts scripts that resume after they had completed. */
  @Override
  public void changed(ScriptChange change) {
    if (change.before() == ScriptStatus.COMPLETED && change.now() != ScriptStatus.COMPLETED) {
      resumptions.incrementAndGet();
    }
  }

  /**
   * Passes on the result now if every script has completed, and again whenever that is the case.
   */
  synchronized void whenCompleted(Consumer<HarvestResult> told) {
    whenCompleted = told;
    this.told = NEVER;
    tell();
  }

  /** Called when a script has completed, by itself or while it was being stopped. */
  void completed(ScriptControl script) {
    HarvestResult result = script.result();
    LOG.atLevel(result.broughtNothing() ? Level.WARN : Level.INFO).log(result.words());
    script.sweepReport().ifPresent(LOG::info);
    tell();
  }

  /** Passes on the result only once, even if the last two scripts complete at the same time. */
  private synchronized void tell() {
    int now = resumptions.get();
    if (now != told && scripts.count(ScriptStatus.COMPLETED) == scripts.all().size()) {
      told = now;
      whenCompleted.accept(result());
    }
  }
}
