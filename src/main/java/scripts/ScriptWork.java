package scripts;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import scripts.ScriptState.Event;

/**
 * The work of one script: what its route asks for, and the results of its pages. Its lock is the
 * one lock of the script, which {@link ScriptControl} takes, too.
 */
final class ScriptWork {
  private final PageCursor pages;
  private final ScriptRun run;
  private final NextTry nextTry;
  private boolean justCompleted;
  private @Nullable IntSupplier source;

  /**
   * @param ticker for waits
   */
  ScriptWork(PageCursor pages, ScriptRun run, Ticker ticker) {
    this.pages = pages;
    this.run = run;
    this.nextTry = new NextTry(ticker);
  }

  /** A new run has begun: its first attempt comes at once. */
  synchronized void begins() {
    nextTry.succeeded();
    nextTry.now();
  }

  /** The source never changes what it has listed, so a sweep only looks for new pages. */
  synchronized void follow(IntSupplier growth) {
    source = growth;
    pages.fix();
  }

  /** The portal lists this many documents now; returns how many it listed before, if known. */
  synchronized OptionalLong sawTotal(long documents) {
    return pages.sawTotal(documents);
  }

  /** The portal lists this many pages now. */
  synchronized void listed(long listed) {
    pages.end().listed(listed);
  }

  /** Looks for new pages, if a sweep has asked for it. Only the script's route calls this. */
  void grow() {
    IntSupplier growth;
    synchronized (this) {
      growth = source;
      if (growth == null
          || !run.state().isActive()
          || !nextTry.isDue()
          || !pages.end().isGrowthDue()) {
        return;
      }
    }
    int now = growth.getAsInt();
    synchronized (this) {
      pages.end().grown(now);
      progressed();
    }
  }

  /** The page to work on now; empty if there is nothing to do at the moment. */
  synchronized OptionalInt next() {
    if (!run.state().isActive() || !nextTry.isDue()) {
      return OptionalInt.empty();
    }
    OptionalInt page = pages.take();
    if (page.isEmpty() && pages.end().isGrowthDue()) { // a sweep was requested just now
      return page;
    }
    if (page.isEmpty()) {
      justCompleted = run.change(Event.COMPLETE);
      return page;
    }
    run.stats().updated();
    return page;
  }

  /** Whether the script has completed since the last call. */
  synchronized boolean hasJustCompleted() {
    boolean just = justCompleted;
    justCompleted = false;
    return just;
  }

  /** The work on the page makes progress, so whatever the script waited for is available again. */
  synchronized void progressed() {
    if (!pages.held().isHeld() || run.state().waitingReason() == WaitingReason.CAPTCHA) {
      run.change(Event.PROGRESS); // the listing of a held page always comes
    }
    run.stats().moved();
  }

  synchronized void stored() {
    run.stats().stored();
    pages.held().goOn();
    if (run.state().waitingReason() == WaitingReason.CAPTCHA || run.isHeldBack()) {
      run.stats().moved(); // an upload has ended; the captcha, or the pause, is still there
    } else {
      progressed();
    }
  }

  /** The script waits for a person; the page stays in progress until there is an answer. */
  synchronized void waitsForPerson() {
    run.change(Event.WAIT, WaitingReason.CAPTCHA, null);
  }

  /**
   * The portal holds the script's requests back.
   *
   * @param words who asked for it, and until when; empty if it does not, or no longer
   */
  void heldBack(Optional<String> words) {
    if (run.mayHoldBack(words)) {
      synchronized (this) {
        run.holdBack(words);
      }
    }
  }

  /**
   * The page is complete.
   *
   * @return how many documents are tried once more, because it was the last
   */
  synchronized int pageDone() {
    int looks = pages.done();
    nextTry.succeeded();
    progressed();
    if (!run.wasStoppedFromOutside()) { // the stop that let this page end
      run.state().note(null);
    }
    return looks;
  }

  /** The page was left because the script stops. */
  synchronized void pageLeft() {
    pages.left();
  }

  /** The page failed; the script tries it again after a while. */
  synchronized Duration pageFailed(WaitingReason reason, String error) {
    pages.left();
    run.state().note(error);
    Duration wait = nextTry.failed(reason);
    if (run.change(Event.WAIT, reason, error)) {
      nextTry.after(wait);
    }
    return wait;
  }

  /** Whether the page has failed once since a page was last complete. */
  synchronized boolean isFirstFailure() {
    return nextTry.isFirst();
  }

  /** None of the page's documents could be fetched; the script retries it after a while. */
  synchronized Duration pageHeld(WaitingReason reason, String error) {
    boolean accepted = pages.hold();
    Duration wait = pageFailed(reason, error);
    if (accepted) {
      nextTry.now(); // the next look closes it
    }
    return wait;
  }

  /** How often the page was retried while it was held; empty if it is not held. */
  synchronized OptionalInt looks(int page) {
    return pages.held().looks(page);
  }

  synchronized boolean isBackedUp() {
    WaitingReason reason = run.state().waitingReason();
    return reason == WaitingReason.STORE || reason == WaitingReason.DISK;
  }

  /** Accepts, for a person, the held page as it is; returns it, or empty if none is held. */
  synchronized OptionalInt accept() {
    OptionalInt page = pages.accept();
    if (page.isPresent()) {
      nextTry.now();
    }
    return page;
  }
}
