package api.client;

import api.dto.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import config.ApiSettings;
import config.UsageException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import platform.CertificateFileTrust;

/**
 * A client for the REST API of an instance. {@link #get} and {@link #post} are for the commands:
 * any error response becomes a {@link RefusedCallException} with the server's message. {@link
 * #send} returns any response.
 */
public final class ApiClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 64 << 20;

  private static final HttpClient HTTP = builder().build();

  /** By the file with the certificate that they trust. */
  private static final Map<Path, HttpClient> TRUSTING = new ConcurrentHashMap<>();

  private final HttpClient http;
  private final URI address;
  private final @Nullable String key;
  private final int mostBytes;

  /**
   * @param address of the instance, without a slash at the end
   * @param key sent with every call; null for none
   * @param trusted a PEM file with a certificate that is trusted as the instance's; null for none
   * @param mostBytes maximum size of a response; a larger one counts as no response
   */
  public ApiClient(URI address, @Nullable String key, @Nullable Path trusted, int mostBytes) {
    this.http = trusted == null ? HTTP : TRUSTING.computeIfAbsent(trusted, ApiClient::trusting);
    this.address = address;
    this.key = key;
    this.mostBytes = mostBytes;
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER); // they would carry the key elsewhere
  }

  private static HttpClient trusting(Path certificate) {
    return builder().sslContext(CertificateFileTrust.tls(certificate)).build();
  }

  /** A client for an instance given by its address. */
  public static ApiClient at(URI address, @Nullable String key, @Nullable Path trusted) {
    return new ApiClient(address, key, trusted, MOST_BYTES);
  }

  /** A client for a peer of this configuration. */
  public static ApiClient peer(URI address, ApiSettings api) {
    return at(address, api.fleetKey(), api.trusted());
  }

  /** The instance of this configuration; on this machine if it listens on all addresses. */
  public static ApiClient of(ApiSettings api) {
    return at(URI.create(api.address()), api.callersKey(), api.trusted());
  }

  /** Address of the instance. */
  public URI address() {
    return address;
  }

  /**
   * Sends a GET.
   *
   * @param path below the address, with its query
   * @throws NoAnswerException if the instance does not respond
   */
  public <T> T get(String path, Class<T> type) throws InterruptedException {
    return understood(path, answer("GET", path, null), type);
  }

  /** Like {@link #get}, but a POST without a body. */
  public <T> T post(String path, Class<T> type) throws InterruptedException {
    return understood(path, answer("POST", path, null), type);
  }

  /** Like {@link #get}, but a POST with this record as its body. */
  public <T> T post(String path, Object body, Class<T> type) throws InterruptedException {
    return understood(path, answer("POST", path, json(body)), type);
  }

  private Reply answer(String method, String path, @Nullable String body)
      throws InterruptedException {
    CompletableFuture<Reply> asked = send(method, path, body, TIMEOUT);
    try {
      return asked.get();
    } catch (InterruptedException e) {
      asked.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new NoAnswerException(
          "%s does not answer (%s); expected a running instance, or --url with its address"
              .formatted(address, words(e)),
          e);
    }
  }

  /**
   * Sends a request.
   *
   * @param body JSON; null for none
   * @param timeout for everything, from the connection to the end of the response
   */
  public CompletableFuture<Reply> send(
      String method, String path, @Nullable String body, Duration timeout) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request(method, path, body), head -> new LimitedBody(mostBytes));
    return sent.thenApply(answer -> Reply.of(answer.statusCode(), answer.body()))
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((reply, failure) -> sent.cancel(true)); // no effect if it has ended
  }

  private HttpRequest request(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Accept", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("X-API-Key", key);
    }
    return request.build();
  }

  private <T> T understood(String path, Reply answer, Class<T> type) {
    if (answer.isSuccess()) {
      return answer.as(type).orElseThrow(() -> notAnInstance(path, answer));
    }
    if (answer.status() / 100 == 2 || answer.message().isBlank()) {
      throw notAnInstance(path, answer);
    }
    throw new RefusedCallException(
        answer.status(),
        "%s answered %d: %s%s"
            .formatted(
                address + path,
                answer.status(),
                answer.message(),
                answer.isKeyRefused()
                    ? "; expected api.key of the configuration to be the instance's"
                    : ""));
  }

  private UsageException notAnInstance(String path, Reply answer) {
    return new UsageException(
        "%s answered %d, but is not an instance; expected --url with the address of one"
            .formatted(address + path, answer.status()));
  }

  /** A record as a request body. */
  public static String json(Object body) {
    try {
      return Json.ANSWERS.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Why there is no response; the HTTP client's exceptions often have no message. */
  public static String words(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection within %d s".formatted(CONNECT.toSeconds());
    }
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
      if (deeper instanceof UnresolvedAddressException) {
        return "no host of that name";
      }
    }
    if (cause.getMessage() != null) {
      return cause.getMessage();
    }
    return cause instanceof ConnectException ? "no connection" : cause.getClass().getSimpleName();
  }
}
