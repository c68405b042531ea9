package pipeline;

import java.util.OptionalInt;
import model.Failure;
import model.Failure.Kind;
import model.FailureClassifier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener.PageEnd;
import scripts.Orchestrator;
import scripts.WaitingReason;

/** A script's own steps: which page is next, and what to make of one that failed. */
public final class ScriptPages {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptPages.class);

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
  public void next(@Header(PageSteps.SCRIPT) int script, Exchange exchange) {
    stepBack.run(); // the thread is Camel's timer's, which nobody else can ask
    context.script(script);
    OptionalInt page = orchestrator.next(script);
    exchange.getMessage().setBody(page.isPresent() ? page.getAsInt() : null);
  }

  /** The page is complete. */
  public void done(@Header(PageSteps.SCRIPT) int script) {
    listener.pageEnded(PageEnd.COMPLETE);
    orchestrator.pageDone(script);
    context.leave();
  }

  /** The page was left undone. */
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
      orchestrator.pageLeft(script);
      return;
    }
    listener.pageEnded(PageEnd.FAILED);
    listener.failed(failure);
    switch (failure.kind()) {
      case PORTAL, SESSION ->
          orchestrator.pageFailed(script, WaitingReason.PORTAL, failure.words());
      case ROBOTS -> orchestrator.pageFailed(script, WaitingReason.ROBOTS, failure.words());
      case STORE_REFUSED, STORE_AWAY ->
          orchestrator.pageFailed(script, WaitingReason.STORE, failure.words());
      default -> {
        LOG.error("cannot go on", cause);
        orchestrator.broken(script, failure.words());
      }
    }
  }
}
