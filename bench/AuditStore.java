import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * An S3 store that generates its content: the manifests of a number of pages, and their documents. It
 * answers lists, manifests and HEAD, keeps nothing, and checks no signature. The documents of a page
 * are scattered over the list, as those of a portal that is sorted by date are.
 *
 * <p>{@code java AuditStore.java PAGES ROWS LOSE} prints its port. Of {@code LOSE} objects, one is
 * not in the list; 0 for none.
 */
public final class AuditStore {
  private static final String BUCKET = "/bench";
  private static final int LISTED_AT_ONCE = 1_000;
  private static final long STRIDE = 1_000_003; // a prime, so that every document is listed once

  private final int pages;
  private final int rows;
  private final long documents;
  private final long lose;

  private AuditStore(int pages, int rows, long lose) {
    this.pages = pages;
    this.rows = rows;
    this.documents = (long) pages * rows;
    this.lose = lose;
  }

  public static void main(String[] args) throws IOException {
    AuditStore store =
        new AuditStore(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newFixedThreadPool(16));
    server.createContext("/", store::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    Map<String, String> query = query(call.getRequestURI().getRawQuery());
    try (call) {
      if (query.containsKey("list-type")) {
        send(call, 200, "application/xml", list(query));
      } else if (path.equals(BUCKET)) {
        call.sendResponseHeaders(200, -1);
      } else if (path.startsWith(BUCKET + "/manifests/page-")) {
        String number = path.substring(path.length() - "000001.jsonl".length(), path.length() - 6);
        send(call, 200, "application/x-ndjson", manifest(Integer.parseInt(number)));
      } else {
        send(call, 404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>");
      }
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static void send(HttpExchange call, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", type);
    call.getResponseHeaders().set("ETag", "\"1\"");
    boolean isHead = call.getRequestMethod().equals("HEAD");
    call.sendResponseHeaders(status, isHead ? -1 : bytes.length);
    if (!isHead) {
      call.getResponseBody().write(bytes);
    }
  }

  private String list(Map<String, String> query) {
    boolean isManifests = query.getOrDefault("prefix", "").startsWith("manifests");
    long first = Long.parseLong(query.getOrDefault("continuation-token", "0"));
    long all = isManifests ? pages : documents;
    long end = Math.min(all, first + LISTED_AT_ONCE);
    StringBuilder xml = new StringBuilder(400_000).append("<?xml version=\"1.0\"?><ListBucketResult>");
    xml.append("<IsTruncated>").append(end < all).append("</IsTruncated>");
    if (end < all) {
      xml.append("<NextContinuationToken>").append(end).append("</NextContinuationToken>");
    }
    for (long i = first; i < end; i++) {
      if (!isManifests && lose > 0 && i % lose == 0) {
        continue;
      }
      xml.append("<Contents><Key>");
      if (isManifests) {
        xml.append("manifests/page-").append(padded(i + 1, 6)).append(".jsonl");
      } else {
        key(xml, i);
      }
      xml.append("</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;1&quot;</ETag><Size>")
          .append(isManifests ? 60_000 : size(i))
          .append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
    }
    return xml.append("</ListBucketResult>").toString();
  }

  /** In the order of the keys; about as long as those of the real portal. */
  private static void key(StringBuilder to, long document) {
    to.append("judgments/");
    id(to, document);
  }

  private static void id(StringBuilder to, long document) {
    String number = padded(document, 11);
    to.append("court/cnrorders/taphc/orders/")
        .append(number, 0, 4)
        .append("/HBHC")
        .append(number)
        .append("2017_1_2017-06-29.pdf");
  }

  private static long size(long document) {
    return 40_000 + document % 100_000;
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  private String manifest(int page) {
    StringBuilder text = new StringBuilder(rows * 700);
    for (int row = 1; row <= rows; row++) {
      long document = ((long) (page - 1) * rows + row - 1) * STRIDE % documents;
      text.append("{\"id\":\"");
      id(text, document);
      text.append("\",\"row\":").append(row).append(",\"url\":\"https://portal.example/pdfsearch/");
      id(text, document);
      text.append("\",\"key\":\"");
      key(text, document);
      text.append("\",\"state\":\"stored\",\"size\":")
          .append(size(document))
          .append(",\"sha256\":\"")
          .append(padded(document, 16).repeat(4))
          .append("\",\"title\":\"WP/")
          .append(document)
          .append("/2017 of A. PETITIONER Vs THE STATE OF TELANGANA AND 3 OTHERS\",\"cnr\":\"HBHC01")
          .append(padded(document, 10))
          .append("\",\"judge\":\"HON'BLE SRI JUSTICE A. B. CDEFGHIJ\",\"court\":\"High Court for the State of Telangana\",")
          .append("\"date_of_registration\":\"2017-06-20\",\"decision_date\":\"2017-06-29\",\"disposal_nature\":\"DISPOSED OF\",")
          .append("\"stored_at\":\"2026-01-02T03:04:05Z\",\"total\":")
          .append(documents)
          .append(",\"listed_at\":\"2026-01-02T03:00:00Z\"}\n");
    }
    return text.toString();
  }
}
