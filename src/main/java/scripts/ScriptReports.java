package scripts;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a script's route asks for, and what it reports while it works on a page. */
public final class ScriptReports {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptReports.class);

  private final ScriptTable scripts;
  private final ScriptRoutes routes;
  private final int pageSize;
  private final Runnable startCompleted;
  private final Consumer<ScriptControl> completed;

  /**
   * @param pageSize documents on a page of the portal
   * @param startCompleted starts completed scripts that have work again
   * @param completed called with a script that has completed
   */
  ScriptReports(
      ScriptTable scripts,
      ScriptRoutes routes,
      int pageSize,
      Runnable startCompleted,
      Consumer<ScriptControl> completed) {
    this.completed = completed;
    this.scripts = scripts;
    this.routes = routes;
    this.pageSize = pageSize;
    this.startCompleted = startCompleted;
  }

  /**
   * Looks for pages that were added to the source, if a sweep has asked for it.
   *
   * @throws RuntimeException if source or store does not answer; the next call tries again
   */
  public void grow(int id) {
    work(id).grow();
  }

  /** The next page of the script; empty if there is nothing to do at the moment. */
  public OptionalInt next(int id) {
    ScriptControl script = scripts.get(id);
    OptionalInt page = script.work().next();
    if (script.work().hasJustCompleted()) {
      scripts.rememberEnd(id);
      routes.end(script);
      completed.accept(script);
    }
    return page;
  }

  /**
   * The stop signal of the script's current run. A page keeps the signal it started with, because
   * the script gets a new one after a stop and a start.
   */
  public StopSignal stopSignal(int id) {
    return scripts.get(id).stopSignal();
  }

  /**
   * Called when a page was listed.
   *
   * @param total the portal's total; empty if it names none
   * @return the total when the script last read a page; empty if unknown, or if the portal names
   *     none now
   */
  public OptionalLong listed(int id, OptionalLong total) {
    progressed(id);
    if (total.isEmpty()) {
      return total;
    }
    long documents = total.getAsLong();
    work(id).listed((documents - 1) / pageSize + 1);
    return work(id).sawTotal(documents);
  }

  /**
   * Whether the script's page failed because of the store, or because the disk or the spool was
   * full of documents that the store may not accept, and there has been no progress since.
   */
  public boolean isBackedUp(int id) {
    return work(id).isBackedUp();
  }

  /** Called when the work on the page makes progress. */
  public void progressed(int id) {
    work(id).progressed();
  }

  /**
   * Called when the portal asks for a captcha: the script waits for a person, in the middle of its
   * page, until {@link #progressed} is called or it is stopped.
   */
  public void waitsForPerson(int id) {
    work(id).waitsForPerson();
  }

  /**
   * Called again and again while a request of the script waits.
   *
   * @param words why the portal holds it back for long, and until when; empty if it does not
   */
  public void heldBack(int id, Optional<String> words) {
    work(id).heldBack(words);
  }

  /** Called when a document of the script was stored. */
  public void stored(int id) {
    work(id).stored();
  }

  /** Called when pages were reopened, perhaps of scripts that have completed. */
  public void reopened() {
    startCompleted.run();
  }

  /** Called when the page is complete. */
  public void pageDone(int id) {
    int looks = work(id).pageDone();
    if (looks > 0) {
      LOG.info("documents that were gone, and are looked for once more: {}", looks);
      startCompleted.run(); // their pages may list one, too
    }
    endIfStopping(id);
  }

  /** Called when the page was left unfinished because the script stops. */
  public void pageLeft(int id) {
    work(id).pageLeft();
    endIfStopping(id);
  }

  /** Called when the page failed; it will be tried again, with growing waits. */
  public void pageFailed(int id, WaitingReason reason, String error) {
    waits(id, reason, error, work(id).pageFailed(reason, error));
  }

  /** Called when none of the page's documents could be fetched: it stays open, and is retried. */
  public void pageHeld(int id, WaitingReason reason, String error) {
    waits(id, reason, error, work(id).pageHeld(reason, error));
  }

  /** How often the script has retried a page that it holds open; empty if it does not hold it. */
  public OptionalInt looks(int id, int page) {
    return work(id).looks(page);
  }

  private void waits(int id, WaitingReason reason, String error, Duration wait) {
    LOG.atLevel(work(id).isFirstFailure() ? Level.WARN : again(reason))
        .log("waits {} s for the {}: {}", wait.toSeconds(), reason.word(), error);
    endIfStopping(id);
  }

  /** The level of a wait that was logged before: a disk or a quota is checked often. */
  private static Level again(WaitingReason reason) {
    return switch (reason) {
      case DISK -> Level.INFO;
      case QUOTA -> Level.DEBUG;
      default -> Level.WARN;
    };
  }

  /** Called when the page failed for a reason that a person must fix. */
  public void broken(int id, String error) {
    ScriptControl script = scripts.get(id);
    script.broken(error);
    routes.end(script);
    scripts.rememberEnd(id);
  }

  private void endIfStopping(int id) {
    if (scripts.get(id).status() == ScriptStatus.STOPPING) {
      routes.end(scripts.get(id));
    }
  }

  private ScriptWork work(int id) {
    return scripts.get(id).work();
  }
}
