package testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.Digests;

/**
 * A public bucket that answers LIST, HEAD and GET without a signature, and can fail in every way
 * that a source fails.
 */
public final class SourceSimulator implements AutoCloseable {
  public static final String BUCKET = "open-data";

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final int LIST_PAGE = 3;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> served = new ConcurrentHashMap<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /** The status to answer a request with, such as {@code GET data/x.tar}; 0 for the usual one. */
  public volatile Function<String, Integer> statusOf = request -> 0;

  /** After how many bytes the body of a request is cut off; negative for never. */
  public volatile ToLongFunction<String> cutAfter = request -> -1;

  /** Whether it names the length of what it sends; otherwise it sends chunks. */
  public volatile boolean namesLength = true;

  /** Whether it names the version of what it sends. */
  public volatile boolean namesETag = true;

  /** Whether the first page of each list is empty, as after many deletions. */
  public volatile boolean listsAnEmptyPageFirst;

  public SourceSimulator() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void put(String key, byte[] bytes) {
    objects.put(key, bytes);
  }

  public void put(String key, String text) {
    put(key, text.getBytes(UTF_8));
  }

  public void delete(String key) {
    objects.remove(key);
  }

  /** All requests so far, as {@code GET key} with {@code " bytes=…"} for a range. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many bytes of an object have been sent. */
  public long served(String key) {
    return served.getOrDefault(key, new AtomicLong()).get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      String key = path.contains("/") ? path.substring(path.indexOf('/') + 1) : "";
      String range = exchange.getRequestHeaders().getFirst("Range");
      String request = exchange.getRequestMethod() + " " + key;
      requests.add(range == null ? request : request + " " + range);
      int status = statusOf.apply(request);
      if (status != 0) {
        error(exchange, status, status == 503 ? "SlowDown" : "Refused");
      } else if (exchange.getRequestHeaders().containsKey("Authorization")) {
        error(exchange, 400, "SignedThoughPublic");
      } else if (key.isEmpty()) {
        list(exchange);
      } else if (!objects.containsKey(key)) {
        error(exchange, 404, "NoSuchKey");
      } else {
        object(exchange, key, request, range);
      }
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    byte[] xml =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>by the test</Message></Error>"
            .formatted(code)
            .getBytes(UTF_8);
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : xml.length);
    if (!isHead) {
      exchange.getResponseBody().write(xml);
    }
  }

  private void object(HttpExchange exchange, String key, String request, String range)
      throws IOException {
    byte[] bytes = objects.get(key);
    int from = 0;
    int to = bytes.length;
    if (namesETag) {
      exchange
          .getResponseHeaders()
          .set("ETag", "\"" + Digests.sha256(bytes).substring(0, 32) + "\"");
    }
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    if (range != null) {
      Matcher wanted = RANGE.matcher(range);
      wanted.matches();
      from = Integer.parseInt(wanted.group(1));
      to = wanted.group(2).isEmpty() ? to : Math.min(to, Integer.parseInt(wanted.group(2)) + 1);
      if (from >= bytes.length) {
        error(exchange, 416, "InvalidRange");
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, bytes.length));
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(to - from));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    long length = to == from ? -1 : namesLength ? to - from : 0;
    exchange.sendResponseHeaders(range == null ? 200 : 206, length);
    long cut = cutAfter.applyAsLong(request);
    int end = cut < 0 ? to : (int) Math.min(to, from + cut);
    OutputStream out = exchange.getResponseBody();
    AtomicLong count = served.computeIfAbsent(key, any -> new AtomicLong());
    for (int at = from; at < end; ) {
      int n = Math.min(8192, end - at);
      out.write(bytes, at, n);
      count.addAndGet(n);
      at += n;
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String prefix = parameter(query, "prefix");
    String after = parameter(query, "continuation-token");
    StringBuilder xml = new StringBuilder("<ListBucketResult><Name>" + BUCKET + "</Name>");
    int told = 0;
    String last = "";
    boolean truncated = false;
    boolean isEmpty = listsAnEmptyPageFirst && after.isEmpty();
    if (isEmpty) {
      truncated = true;
      last = "!"; // before every key
    }
    for (Map.Entry<String, byte[]> object :
        isEmpty ? Set.<Map.Entry<String, byte[]>>of() : objects.entrySet()) {
      String key = object.getKey();
      if (!key.startsWith(prefix) || key.compareTo(after) <= 0) {
        continue;
      }
      if (told++ == LIST_PAGE) {
        truncated = true;
        break;
      }
      last = key;
      xml.append(
          "<Contents><Key>%s</Key><Size>%d</Size><ETag>\"%s\"</ETag><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>"
              .formatted(
                  key,
                  object.getValue().length,
                  Digests.sha256(object.getValue()).substring(0, 32)));
    }
    xml.append("<IsTruncated>%s</IsTruncated>".formatted(truncated));
    if (truncated) {
      xml.append("<NextContinuationToken>%s</NextContinuationToken>".formatted(last));
    }
    byte[] body = xml.append("</ListBucketResult>").toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(each -> each.startsWith(name + "="))
        .map(each -> URLDecoder.decode(each.substring(name.length() + 1), UTF_8))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
