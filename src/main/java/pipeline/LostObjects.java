package pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import ledger.DocumentRecord;
import ledger.Ledger;
import model.DocumentState;
import model.ObjectKey;
import model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Row;

/**
 * Looks for objects that a page lost together with its manifest. No audit can name them: without
 * the manifest, nothing in the bucket says that they ever existed.
 */
public final class LostObjects {
  /** Asks the store about an object without reading it. */
  @FunctionalInterface
  public interface Look {
    /** Whether there is an object with this key that may be these bytes. */
    boolean mayHold(String key, long size, String sha256);
  }

  private static final Logger LOG = LoggerFactory.getLogger(LostObjects.class);

  private final String prefix;
  private final Look look;
  private final Ledger ledger;

  /**
   * @param prefix the key prefix of documents
   */
  public LostObjects(String prefix, Look look, Ledger ledger) {
    this.prefix = prefix;
    this.look = look;
    this.ledger = ledger;
  }

  /**
   * Queues those of these rows' documents again that the ledger has as stored, and the store does
   * not have, or not like this.
   *
   * @throws store.StoreException if the store does not answer
   * @throws java.util.concurrent.CancellationException if the script stops
   */
  void queue(List<Row> rows, StopSignal stop) {
    Map<String, Collection<Integer>> lost = new HashMap<>();
    for (Row row : rows) {
      stop.throwIfStopped();
      if (row.isFetchable() && isLost(row.id())) {
        lost.put(row.id(), List.of()); // other pages that list it name the same object
      }
    }
    if (!lost.isEmpty()) {
      ledger.retries().fetchAgain(lost);
      LOG.info("{} of its stored documents are not in the bucket any more", lost.size());
    }
  }

  private boolean isLost(String id) {
    Optional<DocumentRecord> stored =
        ledger.documents().find(id).filter(known -> known.state() == DocumentState.STORED);
    return stored.isPresent()
        && !look.mayHold(
            new ObjectKey(prefix, id).text(),
            stored.get().size(),
            Objects.requireNonNull(stored.get().sha256())); // stored, so it has one
  }
}
