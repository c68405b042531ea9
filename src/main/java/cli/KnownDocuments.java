package cli;

import api.client.ApiClient;
import api.dto.KnownAnswer;
import api.dto.KnownRequest;
import audit.Ledgers;
import config.ApiSettings;
import config.UsageException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Asks the ledger of this instance, and the others through their API. */
public final class KnownDocuments implements Ledgers {
  private final String prefix;
  private final Function<Collection<String>, Map<String, Known>> own;
  private final List<ApiClient> peers;
  private final Map<URI, String> silent = new LinkedHashMap<>();

  /**
   * @param prefix of the documents' keys
   * @param own looks documents up by id
   * @param api names the other instances
   */
  public KnownDocuments(
      String prefix, Function<Collection<String>, Map<String, Known>> own, ApiSettings api) {
    this.prefix = prefix;
    this.own = own;
    this.peers = api.peers().stream().map(address -> ApiClient.peer(address, api)).toList();
  }

  @Override
  public Map<String, Known> find(Collection<String> keys) {
    List<String> ids = keys.stream().map(key -> key.substring(prefix.length())).toList();
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<String, Known> found = new HashMap<>();
    peers.forEach(peer -> found.putAll(ask(peer, ids)));
    found.putAll(own.apply(ids));
    Map<String, Known> byKey = new HashMap<>();
    found.forEach((id, known) -> byKey.put(prefix + id, known));
    return byKey;
  }

  /** The peers that did not answer, each with the reason. */
  Map<URI, String> silent() {
    return silent;
  }

  private Map<String, Known> ask(ApiClient peer, List<String> ids) {
    Map<String, Known> found = new HashMap<>();
    if (silent.containsKey(peer.address())) {
      return found; // asking again would take as long
    }
    try {
      peer.post("/api/audit/known", new KnownRequest(ids), KnownAnswer.class)
          .documents()
          .forEach(known -> found.put(known.id(), new Known(known.page(), known.open())));
    } catch (UsageException e) {
      silent.put(peer.address(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return found;
  }
}
