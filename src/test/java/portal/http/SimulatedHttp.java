package portal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import portal.Request;

/** Stands for Camel's HTTP component and the network behind it. */
public final class SimulatedHttp extends DefaultComponent {
  /** What the portal answers. */
  public record Answer(int status, Map<String, String> headers, InputStream body) {}

  /** The portal at the other end. */
  public interface Portal {
    /**
     * @param cancelled completes when the caller does not wait any longer
     * @throws IOException if no answer comes
     */
    Answer ask(Request request, CompletableFuture<Void> cancelled) throws IOException;
  }

  private final Portal portal;

  public SimulatedHttp(Portal portal) {
    this.portal = portal;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear();
    return new DefaultEndpoint(uri, this) {
      @Override
      public Producer createProducer() {
        return new Sender(this);
      }

      @Override
      public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private final class Sender extends DefaultProducer {
    Sender(Endpoint endpoint) {
      super(endpoint);
    }

    @Override
    public void process(Exchange exchange) throws IOException {
      Transfer transfer = exchange.getProperty("transfer", Transfer.class);
      CompletableFuture<Void> cancelled = new CompletableFuture<>();
      transfer.goes(transfer.request().to(), Optional.empty());
      transfer.sending(() -> cancelled.complete(null));
      Answer answer = portal.ask(transfer.request(), cancelled);
      BasicClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
      answer.headers().forEach(response::addHeader);
      transfer.answered(response);
      exchange.getMessage().setBody(answer.body());
    }
  }
}
