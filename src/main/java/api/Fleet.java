package api;

import api.client.ApiClient;
import api.client.Reply;
import api.dto.StatusAnswer;
import api.dto.StatusData;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other instances, as they answer now. All are asked side by side, each for a short time; calls
 * that come meanwhile share the answers.
 */
public final class Fleet {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 4 << 20;
  private static final int SUCCESS = 200;

  /**
   * What is known of a peer.
   *
   * @param instanceId its number; null while it never answered
   * @param lastSeen when it last answered; null while it never did
   * @param data its status data; null when it does not answer now
   * @param problem why it does not; null when it does, or was never asked
   */
  record Peer(
      ApiClient client, Integer instanceId, Instant lastSeen, StatusData data, String problem) {
    URI address() {
      return client.address();
    }

    private Peer answered(StatusData now) {
      return new Peer(client, now.instanceId(), Instant.now(), now, null);
    }

    private Peer away(String why) {
      return new Peer(client, instanceId, lastSeen, null, why);
    }
  }

  private List<Peer> peers;
  private CompletableFuture<List<Peer>> asking;

  /**
   * @param addresses base addresses of the other instances
   * @param key what they are shown; null for none
   */
  public Fleet(List<URI> addresses, String key) {
    this.peers =
        addresses.stream()
            .map(address -> new ApiClient(address, key, MOST_BYTES))
            .map(client -> new Peer(client, null, null, null, null))
            .toList();
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
      List<CompletableFuture<Peer>> answers = peers.stream().map(Fleet::ask).toList();
      asking =
          CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
              .thenApply(all -> answered(answers.stream().map(CompletableFuture::join).toList()));
    }
    return asking;
  }

  private synchronized List<Peer> answered(List<Peer> answers) {
    for (int i = 0; i < answers.size(); i++) {
      tell(peers.get(i).problem(), answers.get(i));
    }
    peers = answers;
    return answers;
  }

  /** Says what has changed. */
  private static void tell(String before, Peer now) {
    if (!Objects.equals(before, now.problem())) {
      if (now.problem() == null) {
        LOG.info("peer {} answers again", now.address());
      } else {
        LOG.warn("peer {} is unreachable: {}", now.address(), now.problem());
      }
    }
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
   * @throws IOException when no answer came; it says why
   */
  static Reply post(Peer peer, String path, Object body) throws IOException {
    try {
      return peer.client().send("POST", path, ApiClient.json(body), CALL_TIMEOUT).get();
    } catch (ExecutionException e) {
      throw new IOException(ApiClient.words(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static CompletableFuture<Peer> ask(Peer peer) {
    return peer.client()
        .send("GET", "/api/status", null, TIMEOUT)
        .handle(
            (reply, failure) ->
                failure == null ? read(peer, reply) : peer.away(ApiClient.words(failure)));
  }

  private static Peer read(Peer peer, Reply reply) {
    if (reply.isKeyRefused()) {
      return peer.away("it refuses the key that is set as fleet.key");
    }
    return Optional.of(reply)
        .filter(answer -> answer.status() == SUCCESS)
        .flatMap(answer -> answer.as(StatusAnswer.class))
        .map(StatusAnswer::data)
        .filter(data -> data.instanceId() != null)
        .map(peer::answered)
        .orElseGet(() -> peer.away("it answers " + reply.status() + ", but is not an instance"));
  }
}
