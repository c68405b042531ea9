package demo.ecourts;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request to the portal, as received.
 *
 * @param path of its address, decoded
 * @param form its fields; none unless the content type is that of a form
 */
record PortalRequest(PortalCall.Kind kind, String path, Headers headers, SubmittedForm form) {
  static final String SESSION_COOKIE = "JUDGEMENTSSEARCH_SESSID";
  static final String SECOND_COOKIE = "JSESSION";
  static final String HOME = "/pdfsearch/";

  private static final Map<String, PortalCall.Kind> POSTS =
      Map.of(
          "p=pdf_search/home/", PortalCall.Kind.LISTING,
          "p=pdf_search/checkCaptcha", PortalCall.Kind.CHECK_CAPTCHA,
          "p=pdf_search/openpdfcaptcha", PortalCall.Kind.OPEN,
          "p=pdf_search/openpdf", PortalCall.Kind.SOLVED_OPEN);

  static PortalRequest read(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Headers headers = exchange.getRequestHeaders();
    String type = headers.getFirst("Content-Type");
    boolean isForm = type != null && type.matches("application/x-www-form-urlencoded(\\s*;.*)?");
    return new PortalRequest(
        kind(exchange),
        exchange.getRequestURI().getPath(),
        headers,
        SubmittedForm.parse(isForm ? body : ""));
  }

  private static PortalCall.Kind kind(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    boolean isHome = path.equals(HOME);
    if (exchange.getRequestMethod().equals("POST") && isHome) {
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      return POSTS.getOrDefault(query, PortalCall.Kind.OTHER);
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return PortalCall.Kind.OTHER;
    }
    if (isHome) {
      return PortalCall.Kind.START;
    }
    if (path.equals(PortalPages.IMAGE)) {
      return PortalCall.Kind.IMAGE;
    }
    if (path.startsWith(DocumentHandler.FOLDER)) {
      return PortalCall.Kind.DOCUMENT;
    }
    return path.equals("/robots.txt") ? PortalCall.Kind.ROBOTS : PortalCall.Kind.OTHER;
  }

  /** Whether it is sent the way the portal's own script does. */
  boolean isAjax() {
    return header("X-Requested-With").equals("XMLHttpRequest") && form.has("ajax_req", "true");
  }

  /** The value of a header, or an empty string. */
  String header(String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  /** The value of a cookie, or an empty string. */
  String cookie(String name) {
    return cookies().getOrDefault(name, "");
  }

  private Map<String, String> cookies() {
    Map<String, String> cookies = new HashMap<>();
    for (String pair : header("Cookie").split(";")) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2) {
        cookies.put(parts[0], parts[1]);
      }
    }
    return cookies;
  }
}
