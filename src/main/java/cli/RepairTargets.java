package cli;

import api.client.ApiClient;
import api.client.NoAnswerException;
import api.dto.InstanceInfo;
import api.dto.QueuedAnswer;
import api.dto.RepairRequest;
import config.Configuration;
import config.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ledger.DataFolder;
import ledger.Ledger;
import ledger.RepairOrder;
import scripts.OfflineScripts;

/**
 * Where the repairs of each instance go: this one's into the ledger, or to its API while it is
 * running; those of the others to the APIs of {@code fleet.peers}.
 */
final class RepairTargets {
  /** The API takes 64 KiB at once, and a key has up to 1,024 bytes. */
  private static final int DOCUMENTS_AT_ONCE = 40;

  private static final int PAGES_AT_ONCE = 2_000;

  private final Configuration configuration;
  private final Map<Integer, Long> unreached = new TreeMap<>();
  private final Map<Integer, ApiClient> peers = new HashMap<>();
  private boolean peersAreKnown;
  private long documents;
  private long pages;

  RepairTargets(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Checks, before a long audit, that there is an instance or ledger to take the repairs.
   *
   * @throws UsageException if there is neither
   */
  void require() {
    if (!hasLedger() && peer(configuration.harvest().instanceId()).isEmpty() && peers.isEmpty()) {
      throw new UsageException(
          "harvest.data-dir: \"%s\" holds no ledger, and no instance of fleet.peers answers; expected one of them for --repair"
              .formatted(configuration.harvest().dataDir()));
    }
  }

  private boolean hasLedger() {
    return Files.exists(configuration.harvest().dataDir().resolve("ledger.db"));
  }

  /** Gives an instance its repairs; counts them if it cannot be reached. */
  void repair(int instance, RepairOrder order) {
    if (order.isEmpty()) {
      return;
    }
    if (instance == configuration.harvest().instanceId() && hasLedger()) {
      inLedger(order);
    } else {
      Optional<ApiClient> peer = peer(instance);
      if (peer.isEmpty()) {
        unreached.merge(instance, (long) order.size(), Long::sum);
        return;
      }
      byApi(peer.get(), order);
    }
    documents += order.documents().size();
    pages += order.pages().size();
  }

  private void inLedger(RepairOrder order) {
    Path folder = configuration.harvest().dataDir();
    try (DataFolder held = DataFolder.take(folder);
        Ledger ledger = DataFolders.ledger(held)) {
      new OfflineScripts(configuration.harvest(), ledger).repair(order);
    } catch (DataFolder.HeldException e) {
      byApi(ApiClient.of(configuration.api()), order);
    } catch (IOException e) {
      throw DataFolders.unusable(folder, e);
    }
  }

  private void byApi(ApiClient instance, RepairOrder order) {
    List<RepairRequest.Document> named = new ArrayList<>();
    order.documents().forEach((id, on) -> named.add(document(id, on)));
    for (int from = 0; from < named.size(); from += DOCUMENTS_AT_ONCE) {
      int to = Math.min(from + DOCUMENTS_AT_ONCE, named.size());
      post(instance, new RepairRequest(named.subList(from, to), List.of(), 0, 0));
    }
    List<Integer> numbers = List.copyOf(order.pages());
    for (int from = 0; from < numbers.size(); from += PAGES_AT_ONCE) {
      int to = Math.min(from + PAGES_AT_ONCE, numbers.size());
      post(instance, new RepairRequest(List.of(), numbers.subList(from, to), 0, 0));
    }
    order
        .beyond()
        .ifPresent(
            grown ->
                post(
                    instance,
                    new RepairRequest(List.of(), List.of(), grown.first(), grown.last())));
  }

  private static RepairRequest.Document document(String id, Iterable<Integer> on) {
    List<Integer> listing = new ArrayList<>();
    on.forEach(listing::add);
    return new RepairRequest.Document(id, listing);
  }

  private static void post(ApiClient instance, RepairRequest request) {
    try {
      instance.post("/api/audit/repair", request, QueuedAnswer.class);
    } catch (NoAnswerException e) {
      throw new UsageException(
          "%s does not answer, so the repairs are not queued; expected api.host and api.port of the running instance"
              .formatted(instance.address()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("interrupted before the repairs were queued", e);
    }
  }

  private Optional<ApiClient> peer(int instance) {
    if (!peersAreKnown) {
      peersAreKnown = true;
      configuration.api().peers().forEach(this::meet);
    }
    return Optional.ofNullable(peers.get(instance));
  }

  private void meet(URI address) {
    ApiClient client = ApiClient.peer(address, configuration.api());
    try {
      peers.put(client.get("/api/instance/info", InstanceInfo.class).instanceId(), client);
    } catch (UsageException e) {
      // its repairs are counted as those of an instance that is not reached
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Documents that are fetched again. */
  long documents() {
    return documents;
  }

  /** Pages that are listed again. */
  long pages() {
    return pages;
  }

  /** Repairs of instances that were not reached, by instance. */
  Map<Integer, Long> unreached() {
    return unreached;
  }
}
