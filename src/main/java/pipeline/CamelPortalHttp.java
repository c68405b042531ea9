package pipeline;

import java.util.function.BooleanSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.http.Transfer;

/** One script's door to the portal: sends its requests down {@code direct:portal}. */
public final class CamelPortalHttp implements PortalHttp {
  private final ProducerTemplate camel;
  private final Endpoint portal;
  private final int script;
  private final BooleanSupplier stopping;

  /**
   * @param script on whose behalf the requests go
   * @param stopping whether the script is being stopped
   */
  public CamelPortalHttp(ProducerTemplate camel, int script, BooleanSupplier stopping) {
    this.script = script;
    this.camel = camel;
    this.portal = camel.getCamelContext().getEndpoint("direct:portal");
    this.stopping = stopping;
  }

  @Override
  public Reply send(Request request) {
    Transfer transfer = new Transfer(request, script, stopping);
    Exchange exchange = camel.send(portal, asked -> asked.getMessage().setBody(transfer));
    if (exchange.getException() != null) {
      throw transfer.explain(exchange.getException());
    }
    return exchange.getMessage().getBody(Reply.class);
  }
}
