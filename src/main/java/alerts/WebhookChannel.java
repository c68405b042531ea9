package alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends each alert to a webhook, at once. It has no digest. */
final class WebhookChannel implements Channel {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SUCCESS = 2;
  private static final int REDIRECT = 3;

  private final URI address;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * @param timeout for the whole answer
   */
  WebhookChannel(URI address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // an alert goes where it was meant to go
            .build();
  }

  /** Only the host: paths and queries of webhooks hold tokens. */
  @Override
  public String name() {
    return "webhook at " + address.getHost();
  }

  @Override
  public Duration gather() {
    return Duration.ZERO;
  }

  @Override
  public List<List<Notice>> batches(List<Notice> notices) {
    return notices.stream().map(List::of).toList();
  }

  @Override
  public Delivery send(List<Notice> together) throws NotTakenException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("User-Agent", "judgment-harvester")
            .POST(BodyPublishers.ofString(json(Objects.requireNonNull(together.get(0).alert()))))
            .build();
    int status = status(request);
    if (status / 100 == SUCCESS) {
      return Delivery.toAll("answered " + status);
    }
    throw new NotTakenException(
        status / 100 == REDIRECT
            ? "it answered %d, a redirect, which is not followed".formatted(status)
            : "it answered %d".formatted(status));
  }

  private static String json(Alert alert) {
    try {
      return JSON.writeValueAsString(alert);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private int status(HttpRequest request) throws NotTakenException {
    CompletableFuture<HttpResponse<Void>> sent = http.sendAsync(request, BodyHandlers.discarding());
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotTakenException("interrupted", false, e);
    } catch (TimeoutException e) {
      throw new NotTakenException("no answer within %d s".formatted(timeout.toSeconds()), false, e);
    } catch (ExecutionException e) {
      throw new NotTakenException(words(e.getCause() == null ? e : e.getCause()), false, e);
    } finally {
      sent.cancel(true); // no effect if it has ended
    }
  }

  private static String words(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "no host of that name";
      }
    }
    if (failure instanceof ConnectException) {
      return "no connection";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
