package pipeline;

import java.util.function.Supplier;
import model.StopSignal;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.http.Transfer;

/** Sends the requests of one script to the route {@code direct:portal}. */
public final class CamelPortalHttp implements PortalHttp {
  private final ProducerTemplate camel;
  private final Endpoint portal;
  private final int script;
  private final Supplier<StopSignal> stop;

  /**
   * @param script the script that sends the requests
   * @param stop the signal of the script's current run
   */
  public CamelPortalHttp(ProducerTemplate camel, int script, Supplier<StopSignal> stop) {
    this.script = script;
    this.camel = camel;
    this.portal = camel.getCamelContext().getEndpoint("direct:portal");
    this.stop = stop;
  }

  /** When the portal asks for a pause, the request is sent again, after the governor's wait. */
  @Override
  public Reply send(Request request) {
    while (true) {
      try {
        return sendOnce(request);
      } catch (PortalException e) {
        if (!e.isPause()) {
          throw e;
        }
      }
    }
  }

  /** The same for somebody who does not wait here: a pause that the portal asks for is thrown. */
  public PortalHttp once() {
    return this::sendOnce;
  }

  private Reply sendOnce(Request request) {
    Transfer transfer = new Transfer(request, script, stop.get());
    Exchange exchange = camel.send(portal, asked -> asked.getMessage().setBody(transfer));
    if (exchange.getException() != null) {
      RuntimeException failure = transfer.explain(exchange.getException());
      if (failure instanceof PortalException answer) {
        answer.answered(transfer.status()).asked(request.uri());
      }
      throw failure;
    }
    return exchange.getMessage().getBody(Reply.class);
  }
}
