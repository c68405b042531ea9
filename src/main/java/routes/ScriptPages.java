package routes;

import archive.BucketException;
import control.Orchestrator;
import control.WaitingReason;
import java.util.concurrent.CancellationException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.PortalException;
import software.amazon.awssdk.core.exception.SdkException;

/** A script's own steps: which page is next, and what to make of one that failed. */
public final class ScriptPages {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptPages.class);
  private static final String SCRIPT = "script";

  private final Orchestrator orchestrator;

  public ScriptPages(Orchestrator orchestrator) {
    this.orchestrator = orchestrator;
  }

  /** Puts the number of the page to work on into the body; null when there is none now. */
  public void next(Exchange exchange) throws InterruptedException {
    int script = exchange.getMessage().getBody(Integer.class);
    exchange.setProperty(SCRIPT, script);
    var page = orchestrator.next(script);
    exchange.getMessage().setBody(page.isPresent() ? page.getAsInt() : null);
  }

  /** The page is complete. */
  public void done(@ExchangeProperty(SCRIPT) int script) {
    orchestrator.pageDone(script);
  }

  /** The page was left undone. */
  public void failed(
      @ExchangeProperty(SCRIPT) int script,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
    // Camel wraps what an expression throws
    if (ObjectHelper.getException(CancellationException.class, cause) != null) {
      orchestrator.pageLeft(script);
    } else if (ObjectHelper.getException(PortalException.class, cause) != null) {
      orchestrator.pageFailed(script, WaitingReason.PORTAL, cause.getMessage());
    } else if (ObjectHelper.getException(SdkException.class, cause) != null
        || cause instanceof BucketException) {
      orchestrator.pageFailed(script, WaitingReason.STORE, cause.getMessage());
    } else {
      LOG.error("script {} cannot go on", script, cause);
      orchestrator.broken(script, String.valueOf(cause.getMessage()));
    }
  }
}
