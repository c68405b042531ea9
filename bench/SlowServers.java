import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A portal and an S3 store that delay every response, as distant ones do. The portal
 * generates its listings and documents. The store counts the documents, and keeps everything else in memory;
 * it checks no signature.
 *
 * <p>{@code java SlowServers.java PORTAL_MS STORE_MS PAGES} prints the ports of the portal and the
 * store, and for every hundredth document that is stored its number and the seconds since the start.
 */
public final class SlowServers {
  private static final int ROWS = 100;
  private static final int BYTES = 70_000;
  private static final int EVERY = 100;
  private static final byte[] NOTHING = {};
  private static final byte[] DOCUMENT = document();

  private final long portalMillis;
  private final long storeMillis;
  private final int pages;
  private final long began = System.nanoTime();
  private final AtomicLong stored = new AtomicLong();
  private final Map<String, byte[]> kept = new ConcurrentSkipListMap<>();

  private SlowServers(long portalMillis, long storeMillis, int pages) {
    this.portalMillis = portalMillis;
    this.storeMillis = storeMillis;
    this.pages = pages;
  }

  public static void main(String[] args) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    SlowServers servers =
        new SlowServers(
            Long.parseLong(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]));
    System.out.println(start(servers::portal) + " " + start(servers::store));
  }

  private static int start(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", handler);
    server.start();
    return server.getAddress().getPort();
  }

  private static byte[] document() {
    byte[] document = new byte[BYTES];
    Arrays.fill(document, (byte) ' ');
    byte[] begin = "%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII);
    byte[] end = "\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(begin, 0, document, 0, begin.length);
    System.arraycopy(end, 0, document, BYTES - end.length, end.length);
    return document;
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange call, int status, String type, byte[] body)
      throws IOException {
    call.getResponseHeaders().set("Content-Type", type);
    call.getResponseHeaders().set("ETag", "\"1\"");
    boolean isHead = call.getRequestMethod().equals("HEAD");
    if (isHead) {
      call.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    call.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
    if (!isHead && body.length > 0) {
      try (OutputStream out = call.getResponseBody()) {
        out.write(body);
      }
    }
    call.close();
  }

  private void portal(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    if (path.startsWith("/doc/")) {
      sleep(portalMillis);
      send(call, 200, "application/pdf", DOCUMENT);
    } else if (path.startsWith("/list/")) {
      sleep(portalMillis);
      int page = Integer.parseInt(path.substring("/list/".length(), path.indexOf('.')));
      send(call, 200, "text/html", listing(page).getBytes(StandardCharsets.UTF_8));
    } else {
      send(call, 404, "text/plain", NOTHING);
    }
  }

  private String listing(int page) {
    StringBuilder html = new StringBuilder("<!DOCTYPE html><p id=\"total\">" + pages * ROWS + "</p><table>");
    for (int row = 1; row <= ROWS; row++) {
      int number = (page - 1) * ROWS + row;
      html.append("<tr><td><a href=\"/doc/%07d.pdf\">Judgment %d</a></td></tr>".formatted(number, number));
    }
    return html.append("</table>").toString();
  }

  private void store(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readAllBytes();
    sleep(storeMillis);
    URI uri = call.getRequestURI();
    String key = uri.getPath().replaceFirst("^/[^/]*/?", "");
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    if (call.getRequestMethod().equals("PUT")) {
      put(call, key, body);
    } else if (key.isEmpty()) {
      send(call, 200, "application/xml", list(query).getBytes(StandardCharsets.UTF_8));
    } else if (kept.containsKey(key)) {
      send(call, 200, "application/octet-stream", kept.get(key));
    } else {
      send(call, 404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void put(HttpExchange call, String key, byte[] body) throws IOException {
    if (key.startsWith("judgments/")) {
      long number = stored.incrementAndGet();
      if (number % EVERY == 0) {
        System.out.printf("stored %d %.3f%n", number, (System.nanoTime() - began) / 1e9);
      }
    } else if (!key.isEmpty() && call.getRequestHeaders().containsKey("If-None-Match")) {
      if (kept.putIfAbsent(key, body) != null) {
        send(call, 412, "application/xml", "<Error><Code>PreconditionFailed</Code></Error>".getBytes(StandardCharsets.UTF_8));
        return;
      }
    } else if (!key.isEmpty()) {
      kept.put(key, body);
    }
    send(call, 200, "application/xml", NOTHING);
  }

  private String list(String query) {
    String prefix =
        Arrays.stream(query.split("&"))
            .filter(each -> each.startsWith("prefix="))
            .map(each -> each.substring("prefix=".length()).replace("%2F", "/"))
            .findFirst()
            .orElse("");
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated>");
    kept.forEach(
        (key, body) -> {
          if (key.startsWith(prefix)) {
            xml.append("<Contents><Key>").append(key).append("</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified>")
                .append("<ETag>&quot;1&quot;</ETag><Size>").append(body.length).append("</Size></Contents>");
          }
        });
    return xml.append("</ListBucketResult>").toString();
  }
}
