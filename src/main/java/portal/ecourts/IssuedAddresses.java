package portal.ecourts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import model.Ticker;

/** Addresses that the portal has issued for documents and that were not used yet. */
final class IssuedAddresses {
  /** An address that was named longer ago may be dead: it is asked for anew. */
  private static final Duration LIFE = Duration.ofSeconds(5);

  /** Each is valid for one request. */
  private final Map<String, Issued> byDocument = new HashMap<>();

  private final Ticker ticker;

  /** An address that the portal named, in which session, and when. */
  private record Issued(String address, int session, long nanos) {}

  IssuedAddresses(Ticker ticker) {
    this.ticker = ticker;
  }

  void keep(String document, String address, int session) {
    byDocument.put(document, new Issued(address, session, ticker.nanos()));
  }

  /** Gives the address out, if it is still good: it ends with the session that it was named in. */
  Optional<String> take(String document, int session) {
    return Optional.ofNullable(byDocument.remove(document))
        .filter(issued -> issued.session() == session)
        .filter(issued -> ticker.nanos() - issued.nanos() <= LIFE.toNanos())
        .map(Issued::address);
  }

  void clear() {
    byDocument.clear();
  }
}
