package cli;

import cli.terminal.ServerText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import config.ApiSettings;
import config.UsageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/**
 * A client for the REST API of a running instance. Any error response becomes a {@link
 * UsageException} with the server's message.
 */
final class ApiClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int UNAUTHORIZED = 401;

  private final URI address;
  private final String key;
  private final ObjectMapper json = new ObjectMapper();
  // redirects are not followed: they would carry the key elsewhere
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param address of the instance, without a slash at the end
   * @param key sent with every call; null for none
   */
  ApiClient(URI address, String key) {
    this.address = address;
    this.key = key;
  }

  /** The instance of this configuration; on this machine if it listens on all addresses. */
  static ApiClient of(ApiSettings api) {
    return new ApiClient(URI.create(api.address()), api.key());
  }

  /** Address of the instance. */
  URI address() {
    return address;
  }

  /**
   * Sends a GET.
   *
   * @param path below the address, with its query
   * @throws NoAnswerException if the instance does not respond
   */
  JsonNode get(String path) throws InterruptedException {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** Like {@link #get}, but a POST without a body. */
  JsonNode post(String path) throws InterruptedException {
    return send(path, HttpRequest.newBuilder().POST(BodyPublishers.noBody()));
  }

  /** Like {@link #get}, but a POST with this body. */
  JsonNode post(String path, JsonNode body) throws InterruptedException {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private JsonNode send(String path, HttpRequest.Builder request) throws InterruptedException {
    URI target = URI.create(address + path);
    request.uri(target).timeout(TIMEOUT).header("Accept", "application/json");
    if (key != null) {
      request.header("X-API-Key", key);
    }
    try {
      return understood(target, http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new NoAnswerException(
          "%s does not answer (%s); expected a running instance, or --url with its address"
              .formatted(address, cause(e)),
          e);
    }
  }

  private JsonNode understood(URI target, HttpResponse<String> answer) {
    JsonNode content = parsed(answer.body());
    boolean good = answer.statusCode() / 100 == 2;
    if (good && content.path("status").asText().equals("success")) {
      return content;
    }
    String said = ServerText.message(content);
    if (good || said.isBlank()) {
      throw new UsageException(
          "%s answered %d, but is not an instance; expected --url with the address of one"
              .formatted(target, answer.statusCode()));
    }
    throw new UsageException(
        "%s answered %d: %s%s"
            .formatted(
                target,
                answer.statusCode(),
                said,
                answer.statusCode() == UNAUTHORIZED
                    ? "; expected api.key of the configuration to be the instance's"
                    : ""));
  }

  private JsonNode parsed(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** The HTTP client's exceptions often have no message. */
  private static String cause(IOException e) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within %d s".formatted(CONNECT.toSeconds());
    }
    if (e instanceof HttpTimeoutException) {
      return "nothing within %d s".formatted(TIMEOUT.toSeconds());
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no host of that name";
      }
    }
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return e instanceof ConnectException ? "no connection" : e.getClass().getSimpleName();
  }

  /** The instance did not respond. Unlike the other errors, this may be temporary. */
  static final class NoAnswerException extends UsageException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
