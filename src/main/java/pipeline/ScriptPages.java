package pipeline;

import java.util.OptionalInt;
import model.Failure;
import model.Failure.Kind;
import model.FailureClassifier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener.PageEnd;
import scripts.ScriptReports;
import scripts.WaitingReason;

/** The steps of a script's route: selecting the next page, and handling its result. */
public final class ScriptPages {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptPages.class);

  private final ScriptReports reports;
  private final WorkContext context;
  private final PipelineListener listener;
  private final Runnable stepBack;

  /**
   * @param stepBack lowers the priority of the calling thread
   */
  public ScriptPages(
      ScriptReports reports, WorkContext context, PipelineListener listener, Runnable stepBack) {
    this.stepBack = stepBack;
    this.reports = reports;
    this.context = context;
    this.listener = listener;
  }

  /**
   * Sets the number of the next page as the body; null if there is none now. After a page the
   * scheduler asks again at once.
   */
  public void next(@Header(PageSteps.SCRIPT) int script, Exchange exchange) {
    stepBack.run(); // here, because Camel creates the scheduler's thread
    context.script(script);
    OptionalInt page = grow(script) ? reports.next(script) : OptionalInt.empty();
    exchange.getMessage().setBody(page.isPresent() ? page.getAsInt() : null);
    exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, page.isPresent());
  }

  /** Returns false if the source could not be asked for new pages. */
  private boolean grow(int script) {
    try {
      reports.grow(script);
      return true;
    } catch (RuntimeException e) {
      judge(script, e);
      return false;
    }
  }

  /** The page is complete. */
  public void done(@Header(PageSteps.SCRIPT) int script) {
    listener.pageEnded(PageEnd.COMPLETE);
    reports.pageDone(script);
    context.leave();
  }

  /** The page was left unfinished. */
  public void failed(
      @Header(PageSteps.SCRIPT) int script,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
    context.script(script);
    judge(script, cause);
    context.leave();
  }

  private void judge(int script, Exception cause) {
    Failure failure = FailureClassifier.classify(cause);
    if (failure.kind() == Kind.STOPPED) {
      listener.pageEnded(PageEnd.LEFT);
      reports.pageLeft(script);
      return;
    }
    listener.pageEnded(PageEnd.FAILED);
    NothingCameException nothing = ObjectHelper.getException(NothingCameException.class, cause);
    if (nothing != null) { // the failures of its documents have been reported already
      reports.pageHeld(script, nothing.reason(), failure.words());
      return;
    }
    listener.failed(failure);
    switch (failure.kind()) {
      case PORTAL, SESSION -> reports.pageFailed(script, WaitingReason.PORTAL, failure.words());
      case ROBOTS -> reports.pageFailed(script, WaitingReason.ROBOTS, failure.words());
      case STORE_REFUSED, STORE_AWAY ->
          reports.pageFailed(script, WaitingReason.STORE, failure.words());
      case DISK -> reports.pageFailed(script, WaitingReason.DISK, failure.words());
      case QUOTA -> reports.pageFailed(script, WaitingReason.QUOTA, failure.words());
      default -> {
        LOG.error("cannot continue", cause);
        reports.broken(script, failure.words());
      }
    }
  }
}
