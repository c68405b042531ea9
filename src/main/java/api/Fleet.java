package api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The other instances, as they answer now. All are asked side by side, each for a short time; calls
 * that come meanwhile share the answers.
 */
public final class Fleet {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int SUCCESS = 200;

  /**
   * What is known of a peer.
   *
   * @param instanceId its number; null while it never answered
   * @param lastSeen when it last answered; null while it never did
   * @param data its status data; null when it does not answer now
   */
  record Peer(URI address, Integer instanceId, Instant lastSeen, JsonNode data) {}

  /** A peer's answer to a call. */
  record Said(int status, JsonNode body) {}

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String key;
  private List<Peer> peers;
  private CompletableFuture<List<Peer>> asking;

  /**
   * @param addresses base addresses of the other instances
   * @param key what they are shown; null for none
   */
  public Fleet(List<URI> addresses, String key) {
    this.key = key;
    this.peers = addresses.stream().map(address -> new Peer(address, null, null, null)).toList();
  }

  /** Asks every peer, without waiting: so it is known when each was last seen. */
  public void look() {
    asking();
  }

  /** Every peer as it answers now, in the order of the configuration. */
  List<Peer> ask() {
    return asking().join();
  }

  private synchronized CompletableFuture<List<Peer>> asking() {
    if (asking == null || asking.isDone()) {
      List<CompletableFuture<Peer>> answers = peers.stream().map(this::ask).toList();
      asking =
          CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
              .thenApply(all -> answered(answers.stream().map(CompletableFuture::join).toList()));
    }
    return asking;
  }

  private synchronized List<Peer> answered(List<Peer> answers) {
    peers = answers;
    return answers;
  }

  /** The peer with this number, if one has ever answered with it. */
  Optional<Peer> peer(int instanceId) {
    return known(instanceId).or(() -> numbered(ask(), instanceId));
  }

  private synchronized Optional<Peer> known(int instanceId) {
    return numbered(peers, instanceId);
  }

  private static Optional<Peer> numbered(List<Peer> peers, int instanceId) {
    return peers.stream()
        .filter(peer -> peer.instanceId() != null && peer.instanceId() == instanceId)
        .findFirst();
  }

  /**
   * Makes a call of a peer's API.
   *
   * @return its answer; null when none came, or none of an instance
   */
  Said post(Peer peer, String path, JsonNode body) {
    HttpRequest request =
        request(peer, path)
            .timeout(CALL_TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer =
          http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      JsonNode said = json.readTree(answer.body());
      return said.isObject() ? new Said(answer.statusCode(), said) : null;
    } catch (ExecutionException | TimeoutException | JsonProcessingException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private CompletableFuture<Peer> ask(Peer peer) {
    CompletableFuture<HttpResponse<String>> sent =
        http.sendAsync(
            request(peer, "/api/status").timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.ofString());
    return sent.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) // the body's time, too
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                return read(peer, answer);
              }
              sent.cancel(true);
              return away(peer);
            });
  }

  private HttpRequest.Builder request(Peer peer, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(peer.address() + path));
    return key == null ? request : request.header("X-API-Key", key);
  }

  private Peer read(Peer peer, HttpResponse<String> answer) {
    try {
      JsonNode body = json.readTree(answer.body());
      JsonNode data = body == null ? null : body.get("data");
      if (answer.statusCode() == SUCCESS && data != null && data.path("instance_id").isInt()) {
        return new Peer(peer.address(), data.get("instance_id").asInt(), Instant.now(), data);
      }
    } catch (JsonProcessingException e) {
      // an answer of somebody else: the peer is not there
    }
    return away(peer);
  }

  private static Peer away(Peer peer) {
    return new Peer(peer.address(), peer.instanceId(), peer.lastSeen(), null);
  }
}
