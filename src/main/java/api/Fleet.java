package api;

import api.client.ApiClient;
import api.client.Reply;
import api.dto.DocumentData;
import api.dto.DocumentsAnswer;
import api.dto.GovernorData;
import api.dto.StatusAnswer;
import api.dto.StatusData;
import config.ApiSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current state of the other instances. All are queried in parallel, with a short timeout;
 * concurrent calls share the responses.
 */
public final class Fleet {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DOCUMENTS_TIMEOUT = Duration.ofMillis(900);
  private static final int MOST_BYTES = 4 << 20;
  private static final int SUCCESS = 200;

  private final InstantSource clock;
  private final FleetConflicts conflicts;
  private final Instant begun;
  private List<Peer> peers;
  private @Nullable CompletableFuture<List<Peer>> asking;

  /**
   * @param api names the other instances, the key sent to them, and the certificate trusted
   * @param self this instance
   * @param clock says when a peer was last seen
   */
  public Fleet(ApiSettings api, Self self, InstantSource clock) {
    this.conflicts = new FleetConflicts(self);
    this.clock = clock;
    this.begun = clock.instant();
    this.peers =
        api.peers().stream()
            .map(address -> new ApiClient(address, api.fleetKey(), api.trusted(), MOST_BYTES))
            .map(client -> new Peer(client, null, null, null, null, null))
            .toList();
  }

  /**
   * Queries every peer without waiting, so that it is known when each was last seen.
   *
   * @return completes when all have answered or timed out
   */
  public CompletableFuture<?> look() {
    return asking();
  }

  /** Queries every peer, and returns them in the order of the configuration. */
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
    List<StatusData> seen = answers.stream().map(Peer::data).filter(Objects::nonNull).toList();
    List<Peer> compared = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Peer answer = answers.get(i);
      Peer now = answer.data() == null ? answer : answer.with(conflicts.of(answer.data(), seen));
      tell(peers.get(i), now);
      compared.add(now);
    }
    peers = compared;
    return peers;
  }

  /**
   * The number of other instances that respond, or did so recently. At first, all are assumed to
   * respond.
   *
   * @param silence how long one that does not answer still counts
   */
  public int others(Duration silence) {
    return present(silence).size();
  }

  /**
   * The requests per second that these other instances allow themselves together.
   *
   * @param silence how long one that does not answer still counts
   * @param unknown the rate to assume for one that does not report it
   */
  public double rates(Duration silence, double unknown) {
    return present(silence).stream()
        .mapToDouble(
            peer ->
                Optional.ofNullable(peer.data())
                    .map(StatusData::governor)
                    .map(GovernorData::rate)
                    .filter(rate -> rate > 0)
                    .orElse(unknown))
        .sum();
  }

  private synchronized List<Peer> present(Duration silence) {
    Instant earliest = clock.instant().minus(silence);
    return peers.stream()
        .filter(peer -> !isSelf(peer))
        .filter(peer -> !seen(peer).isBefore(earliest))
        .toList();
  }

  private Instant seen(Peer peer) {
    return peer.lastSeen() == null ? begun : peer.lastSeen();
  }

  /** Whether a list of peers that all instances share names this one, too. */
  boolean isSelf(Peer peer) {
    return peer.data() != null && conflicts.isSelf(peer.data());
  }

  /** Queries every peer, and says which cannot work together with this instance, and why. */
  public List<String> conflicts() {
    return ask().stream()
        .filter(peer -> peer.conflict() != null)
        .map(peer -> "peer %s: %s".formatted(peer.address(), peer.conflict()))
        .toList();
  }

  /** Queries every peer, and says which does not respond, and why. */
  public List<String> silences() {
    return ask().stream()
        .filter(peer -> peer.problem() != null)
        .map(peer -> "peer %s is unreachable: %s".formatted(peer.address(), peer.problem()))
        .toList();
  }

  /** The peers that did not respond when they were queried last, and why; queries nobody. */
  public synchronized Map<URI, String> away() {
    Map<URI, String> away = new LinkedHashMap<>();
    for (Peer peer : peers) {
      if (peer.problem() != null) {
        away.put(peer.address(), peer.problem());
      }
    }
    return away;
  }

  /** Logs changes. */
  private static void tell(Peer before, Peer now) {
    if (now.conflict() != null && !now.conflict().equals(before.conflict())) {
      LOG.warn("peer {}: {}", now.address(), now.conflict());
    }
    if (!Objects.equals(before.problem(), now.problem())) {
      if (now.problem() == null) {
        LOG.info("peer {} answers again", now.address());
      } else {
        LOG.warn("peer {} is unreachable: {}", now.address(), now.problem());
      }
    }
  }

  /** The peer with this number, if one has ever responded with it. */
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
   * Asks every peer of this harvest for documents; one that does not answer in time contributes
   * none.
   *
   * @param path with a query that asks for the peer's own documents only
   */
  CompletableFuture<List<DocumentData>> documents(String path) {
    List<CompletableFuture<List<DocumentData>>> answers =
        known().stream()
            .filter(peer -> peer.conflict() == null && !isSelf(peer))
            .map(peer -> peer.client().send("GET", path, null, DOCUMENTS_TIMEOUT))
            .map(answer -> answer.handle((reply, failure) -> documents(reply, failure)))
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> answers.stream().flatMap(answer -> answer.join().stream()).toList());
  }

  private static List<DocumentData> documents(@Nullable Reply reply, @Nullable Throwable failure) {
    if (reply == null || failure != null || !reply.isSuccess()) {
      return List.of();
    }
    return reply.as(DocumentsAnswer.class).map(DocumentsAnswer::documents).stream()
        .flatMap(List::stream)
        .filter(one -> one.instanceId() != null && one.page() != null && one.id() != null)
        .toList();
  }

  private synchronized List<Peer> known() {
    return peers;
  }

  private CompletableFuture<Peer> ask(Peer peer) {
    return peer.client()
        .send("GET", "/api/status", null, TIMEOUT)
        .handle(
            (reply, failure) ->
                failure == null ? read(peer, reply) : peer.away(ApiClient.words(failure)));
  }

  private Peer read(Peer peer, Reply reply) {
    if (reply.isKeyRefused()) {
      return peer.away("it refuses the key that is set as fleet.key");
    }
    return Optional.of(reply)
        .filter(answer -> answer.status() == SUCCESS)
        .flatMap(answer -> answer.as(StatusAnswer.class))
        .map(StatusAnswer::data)
        .filter(data -> data.instanceId() != null)
        .map(data -> peer.answered(data, clock.instant()))
        .orElseGet(() -> peer.away(words(reply)));
  }

  private static String words(Reply reply) {
    return reply.message().isBlank()
        ? "it answers " + reply.status() + ", but is not an instance"
        : "it answers " + reply.status() + ": " + reply.message();
  }
}
