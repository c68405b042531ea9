package demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small judgment portal on loopback: readable HTML listing pages and valid PDFs. All content is
 * fictional.
 */
public final class DemoPortal implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("(?:.*&)?page=(\\d{1,9})(?:&.*)?");
  private static final Pattern DOCUMENT = Pattern.compile("/judgments/doc/([1-9]\\d{0,8})\\.pdf");
  private static final int THREADS = 4;

  private final int documents;
  private final int pageSize;
  private final LoopbackServer server;
  private final JudgmentPdf pdf = new JudgmentPdf();

  /**
   * Starts a portal on a free port.
   *
   * @param documents how many it lists
   * @param pageSize rows of a full listing page
   * @throws IOException when no port can be opened
   */
  public DemoPortal(int documents, int pageSize) throws IOException {
    this.documents = documents;
    this.pageSize = pageSize;
    this.server = new LoopbackServer("demo-portal", THREADS, this::answer);
  }

  /** Its address for a browser. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port() + "/judgments");
  }

  /** The value for {@code portal.url}. */
  public String listingUrl() {
    return address() + "?page={page}";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Matcher document = DOCUMENT.matcher(path);
      if (path.equals("/") || path.equals("/judgments")) {
        send(exchange, 200, "text/html; charset=utf-8", listing(page(exchange)));
      } else if (document.matches() && isListed(Integer.parseInt(document.group(1)))) {
        Judgment judgment = new Judgment(Integer.parseInt(document.group(1)));
        send(exchange, 200, "application/pdf", pdf.write(judgment));
      } else if (path.equals("/robots.txt")) {
        send(
            exchange,
            200,
            "text/plain",
            "User-agent: *\nAllow: /\n".getBytes(StandardCharsets.US_ASCII));
      } else {
        send(exchange, 404, "text/plain", "not found\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private boolean isListed(int number) {
    return number <= documents;
  }

  private static int page(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    Matcher page = PAGE.matcher(query == null ? "" : query);
    return page.matches() ? Math.max(1, Integer.parseInt(page.group(1))) : 1;
  }

  private byte[] listing(int page) {
    return new ListingHtml(documents, pageSize).page(page).getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Aborts responses in progress. */
  @Override
  public void close() {
    server.close();
  }
}
