package demo.ecourts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A response of the portal.
 *
 * @param type content type
 * @param cookies values of {@code Set-Cookie}
 * @param retryAfter value of that header, empty for none
 * @param sent how many bytes of the body are sent before the connection is cut
 */
public record PortalAnswer(
    int status, String type, byte[] body, List<String> cookies, String retryAfter, int sent) {
  private static final String HTML = "text/html; charset=UTF-8";

  static PortalAnswer of(String type, byte[] body) {
    return new PortalAnswer(200, type, body, List.of(), "", body.length);
  }

  static PortalAnswer html(String html) {
    return of(HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON with PHP's default content type: clients must not rely on it. */
  static PortalAnswer json(ObjectNode json) {
    return html(json.toString());
  }

  /** JSON with one field. */
  static PortalAnswer json(String field, String value) {
    return json(JsonNodeFactory.instance.objectNode().put(field, value));
  }

  PortalAnswer withStatus(int changed) {
    return new PortalAnswer(changed, type, body, cookies, retryAfter, sent);
  }

  PortalAnswer withCookies(List<String> changed) {
    return new PortalAnswer(status, type, body, changed, retryAfter, sent);
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().put("Set-Cookie", cookies);
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (sent > 0) {
      OutputStream out = exchange.getResponseBody();
      out.write(body, 0, sent);
      out.flush();
    }
  }
}
