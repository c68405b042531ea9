package pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import model.Ticker;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.SynchronizationAdapter;
import portal.Permit;
import portal.PortalException;
import portal.Reply;
import portal.Request;
import portal.http.Governor;
import portal.http.ResponseReader;
import portal.http.RetryAfter;
import portal.http.Transfer;
import portal.http.Transfers;

/** The steps of {@code routes.PortalRoutes}. */
public final class PortalSteps {
  static final String TRANSFER = "transfer";
  private static final String PERMIT = "permit";
  private static final int SERVER_ERROR = 500;
  private static final String ACCEPT_PAGE =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final String ACCEPT_DOCUMENT = "application/pdf,*/*;q=0.8";

  private final Governor governor;
  private final Transfers transfers;
  private final ResponseReader reader;
  private final Map<String, String> headers;
  private final Ticker ticker;
  private final PipelineListener listener;

  /**
   * @param headers of every request, {@code User-Agent} among them
   */
  public PortalSteps(
      Governor governor,
      Transfers transfers,
      ResponseReader reader,
      Map<String, String> headers,
      Ticker ticker,
      PipelineListener listener) {
    this.ticker = ticker;
    this.listener = listener;
    this.governor = governor;
    this.transfers = transfers;
    this.reader = reader;
    this.headers = headers;
  }

  /** Waits for the governor and prepares the request. The permit ends with the exchange. */
  public void enter(@Body Transfer transfer, Exchange exchange) {
    long asked = ticker.nanos();
    Permit permit = governor.enter(transfer.party(), transfer.stopSignal());
    long began = ticker.nanos();
    listener.waited(Duration.ofNanos(began - asked));
    transfers.begin(transfer);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                transfers.end(transfer);
                permit.close();
                listener.asked(
                    transfer.request().spool() != null, Duration.ofNanos(ticker.nanos() - began));
              }
            });
    exchange.setProperty(TRANSFER, transfer);
    exchange.setProperty(PERMIT, permit);
    exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, true); // the body is decoded with care below
    prepare(exchange.getMessage(), transfer.request());
  }

  private void prepare(Message message, Request request) {
    message.removeHeaders("*");
    message.setHeader("Accept", request.spool() == null ? ACCEPT_PAGE : ACCEPT_DOCUMENT);
    request.headers().forEach(message::setHeader);
    headers.forEach((name, value) -> message.setHeader(name, joined(name, value, request)));
    message.setHeader("Accept-Encoding", ResponseReader.ACCEPTED_ENCODING);
    message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
    // a URI holds no braces, so Camel finds no placeholder in what the portal named
    // (CVE-2026-78164)
    message.setHeader(Exchange.HTTP_URI, Transfers.addressInCamel(request.uri()));
    if (request.form() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
    }
    message.setBody(request.form());
  }

  /**
   * The operator's headers take precedence; cookies are sent in addition to those of the session.
   */
  private static String joined(String name, String value, Request request) {
    String own = request.headers().get("Cookie");
    return own != null && name.equalsIgnoreCase("Cookie") ? value + "; " + own : value;
  }

  /** Reads the complete response. If the portal asks for a pause, all requests pause. */
  public Reply receive(Exchange exchange) throws IOException {
    Transfer transfer = exchange.getProperty(TRANSFER, Transfer.class);
    Permit permit = exchange.getProperty(PERMIT, Permit.class);
    try {
      Reply reply = reader.receive(transfer, exchange.getMessage().getBody(InputStream.class));
      permit.answered();
      listener.answered();
      return reply;
    } catch (PortalException e) {
      if (e.isPause() || e.retryAfter().isPresent()) {
        permit.paused(e.retryAfter(), RetryAfter.words(transfer));
      } else if (transfer.status() >= SERVER_ERROR) {
        permit.overloaded();
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      transfer.cutOff(); // so that the rest is not read
      throw e;
    }
  }
}
