package api;

import api.client.ApiClient;
import api.client.Reply;
import api.dto.StatusData;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What is known about another instance.
 *
 * @param instanceId its number; null if it has never responded
 * @param lastSeen when it last responded; null if it never did
 * @param data its status data; null if it does not respond now
 * @param problem why it does not respond; null if it does, or was never queried
 * @param conflict why it cannot work together with the others; null if it can
 */
record Peer(
    ApiClient client,
    @Nullable Integer instanceId,
    @Nullable Instant lastSeen,
    @Nullable StatusData data,
    @Nullable String problem,
    @Nullable String conflict) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  URI address() {
    return client.address();
  }

  Peer answered(StatusData now, Instant seen) {
    return new Peer(client, now.instanceId(), seen, now, null, null);
  }

  Peer away(String why) {
    return new Peer(client, instanceId, lastSeen, null, why, null);
  }

  Peer with(@Nullable String why) {
    return new Peer(client, instanceId, lastSeen, data, problem, why);
  }

  /**
   * Calls its API.
   *
   * @throws IOException if it does not respond, with the cause
   */
  Reply post(String path, Object body) throws IOException {
    return send("POST", path, ApiClient.json(body));
  }

  /** Like {@link #post}, but a GET. */
  Reply get(String path) throws IOException {
    return send("GET", path, null);
  }

  private Reply send(String method, String path, @Nullable String body) throws IOException {
    try {
      return client.send(method, path, body, TIMEOUT).get();
    } catch (ExecutionException e) {
      throw new IOException(ApiClient.words(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
