package pipeline;

import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener.PageEnd;
import portal.PortalException;
import portal.RobotsException;
import portal.SessionException;
import scripts.Orchestrator;
import scripts.WaitingReason;
import store.StoreException;

/** A script's own steps: which page is next, and what to make of one that failed. */
public final class ScriptPages {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptPages.class);
  private static final String SCRIPT = "script";

  private final Orchestrator orchestrator;
  private final WorkContext context;
  private final PipelineListener listener;
  private final Runnable stepBack;

  /**
   * @param stepBack makes the calling thread let all others go first
   */
  public ScriptPages(
      Orchestrator orchestrator,
      WorkContext context,
      PipelineListener listener,
      Runnable stepBack) {
    this.stepBack = stepBack;
    this.orchestrator = orchestrator;
    this.context = context;
    this.listener = listener;
  }

  /** Puts the number of the page to work on into the body; null when there is none now. */
  public void next(Exchange exchange) {
    stepBack.run(); // the thread is Camel's timer's, which nobody else can ask
    int script = exchange.getMessage().getBody(Integer.class);
    exchange.setProperty(SCRIPT, script);
    context.script(script);
    OptionalInt page = orchestrator.next(script);
    exchange.getMessage().setBody(page.isPresent() ? page.getAsInt() : null);
  }

  /** The page is complete. */
  public void done(@ExchangeProperty(SCRIPT) int script) {
    listener.pageEnded(PageEnd.COMPLETE);
    orchestrator.pageDone(script);
    context.leave();
  }

  /** The page was left undone. */
  public void failed(
      @ExchangeProperty(SCRIPT) int script,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
    context.script(script);
    judge(script, cause);
    context.leave();
  }

  private void judge(int script, Exception cause) {
    if (isCancellation(cause)) {
      listener.pageEnded(PageEnd.LEFT);
      orchestrator.pageLeft(script);
      return;
    }
    listener.pageEnded(PageEnd.FAILED);
    listener.failed(cause);
    if (find(PortalException.class, cause) != null || find(SessionException.class, cause) != null) {
      orchestrator.pageFailed(script, WaitingReason.PORTAL, cause.getMessage());
    } else if (find(RobotsException.class, cause) != null) {
      orchestrator.pageFailed(script, WaitingReason.ROBOTS, cause.getMessage());
    } else if (find(StoreException.class, cause) != null) {
      orchestrator.pageFailed(script, WaitingReason.STORE, cause.getMessage());
    } else {
      LOG.error("cannot go on", cause);
      orchestrator.broken(script, String.valueOf(cause.getMessage()));
    }
  }

  private static boolean isCancellation(Exception cause) {
    StoreException store = find(StoreException.class, cause);
    return find(CancellationException.class, cause) != null
        || store != null && store.kind() == StoreException.Kind.ABORTED;
  }

  /** Camel wraps what an expression throws. */
  private static <T extends Throwable> T find(Class<T> type, Exception cause) {
    return ObjectHelper.getException(type, cause);
  }
}
