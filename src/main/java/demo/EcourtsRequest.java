package demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request to the portal as it came over the wire.
 *
 * @param path of its address, decoded
 * @param form its fields, none when they are not of a form's content type
 */
record EcourtsRequest(EcourtsCall.Kind kind, String path, Headers headers, EcourtsForm form) {
  static final String SESSION_COOKIE = "JUDGEMENTSSEARCH_SESSID";
  static final String SECOND_COOKIE = "JSESSION";
  static final String HOME = "/pdfsearch/";

  private static final Map<String, EcourtsCall.Kind> POSTS =
      Map.of(
          "p=pdf_search/home/", EcourtsCall.Kind.LISTING,
          "p=pdf_search/checkCaptcha", EcourtsCall.Kind.CHECK_CAPTCHA,
          "p=pdf_search/openpdfcaptcha", EcourtsCall.Kind.OPEN,
          "p=pdf_search/openpdf", EcourtsCall.Kind.SOLVED_OPEN);

  static EcourtsRequest read(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Headers headers = exchange.getRequestHeaders();
    String type = headers.getFirst("Content-Type");
    boolean isForm = type != null && type.matches("application/x-www-form-urlencoded(\\s*;.*)?");
    return new EcourtsRequest(
        kind(exchange),
        exchange.getRequestURI().getPath(),
        headers,
        EcourtsForm.parse(isForm ? body : ""));
  }

  private static EcourtsCall.Kind kind(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    boolean isHome = path.equals(HOME);
    if (exchange.getRequestMethod().equals("POST") && isHome) {
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      return POSTS.getOrDefault(query, EcourtsCall.Kind.OTHER);
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return EcourtsCall.Kind.OTHER;
    }
    if (isHome) {
      return EcourtsCall.Kind.START;
    }
    if (path.equals(EcourtsPages.IMAGE)) {
      return EcourtsCall.Kind.IMAGE;
    }
    if (path.startsWith(EcourtsDocuments.FOLDER)) {
      return EcourtsCall.Kind.DOCUMENT;
    }
    return path.equals("/robots.txt") ? EcourtsCall.Kind.ROBOTS : EcourtsCall.Kind.OTHER;
  }

  /** Whether it comes as the portal's own script sends it. */
  boolean isAjax() {
    return header("X-Requested-With").equals("XMLHttpRequest") && form.has("ajax_req", "true");
  }

  /** The value of a header, or empty text. */
  String header(String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  /** The value of a cookie, or empty text. */
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
