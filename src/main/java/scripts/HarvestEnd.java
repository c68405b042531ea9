package scripts;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What has come of the pages that are done, and who is told when all are. */
final class HarvestEnd implements ScriptListener {
  private static final Logger LOG = LoggerFactory.getLogger(HarvestEnd.class);
  private static final int NEVER = -1;

  private final ScriptTable scripts;
  private final AtomicInteger resumptions = new AtomicInteger();
  private Consumer<HarvestResult> whenCompleted = result -> {};
  private int told = NEVER; // how often scripts had gone on by then

  HarvestEnd(ScriptTable scripts) {
    this.scripts = scripts;
  }

  HarvestResult result() {
    return HarvestResult.sum(scripts.all().stream().map(ScriptControl::result).toList());
  }

  /** Notices scripts that go on after they had completed. */
  @Override
  public void changed(ScriptChange change) {
    if (change.before() == ScriptStatus.COMPLETED && change.now() != ScriptStatus.COMPLETED) {
      resumptions.incrementAndGet();
    }
  }

  /** Tells the result now if every script has completed, and whenever that is so again. */
  synchronized void whenCompleted(Consumer<HarvestResult> told) {
    whenCompleted = told;
    this.told = NEVER;
    tell();
  }

  /** Called when a script has completed, by itself or while it was being stopped. */
  void completed(ScriptControl script) {
    HarvestResult result = script.result();
    LOG.atLevel(result.broughtNothing() ? Level.WARN : Level.INFO).log(result.words());
    script.walkEnd().ifPresent(LOG::info);
    tell();
  }

  /** Tells once, though the last two may complete at once. */
  private synchronized void tell() {
    int now = resumptions.get();
    if (now != told && scripts.count(ScriptStatus.COMPLETED) == scripts.all().size()) {
      told = now;
      whenCompleted.accept(result());
    }
  }
}
