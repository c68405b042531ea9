package pipeline;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ledger.Documents;
import model.ObjectKey;
import store.KeptDocument;

/** The objects of documents: their keys, and those that are there without the ledger knowing it. */
public final class DocumentObjects {
  private final String prefix;
  private final Function<String, Optional<KeptDocument>> kept;
  private final BooleanSupplier mayBeKept;
  private final boolean firstStoredWins;
  private final Documents documents;

  /** Documents under whose keys there is something that is none of ours. */
  private final Set<String> overStrangers = ConcurrentHashMap.newKeySet();

  /**
   * @param prefix the key prefix of documents
   * @param kept what the bucket holds of us under a key
   * @param mayBeKept whether the bucket may hold documents that the ledger does not know of,
   *     because it was restored or other harvests fill the bucket, too
   * @param firstStoredWins whether another instance may put other bytes under the same key, so that
   *     none may take the place of the first
   */
  public DocumentObjects(
      String prefix,
      Function<String, Optional<KeptDocument>> kept,
      BooleanSupplier mayBeKept,
      boolean firstStoredWins,
      Documents documents) {
    this.prefix = prefix;
    this.kept = kept;
    this.mayBeKept = mayBeKept;
    this.firstStoredWins = firstStoredWins;
    this.documents = documents;
  }

  ObjectKey key(DocumentTask task) {
    return new ObjectKey(prefix, task.id());
  }

  /** The document as the bucket holds it; empty if it is to be fetched. */
  Optional<KeptDocument> find(DocumentTask task) {
    return mayBeKept.getAsBoolean() && !wasStoredHere(task.id())
        ? kept.apply(key(task).text())
        : Optional.empty();
  }

  /** Whether the document may only be put where there is no object yet. */
  boolean mayOnlyBeFirst(DocumentTask task) {
    return firstStoredWins
        && !task.isRefresh()
        && !overStrangers.contains(task.id())
        && !wasStoredHere(task.id());
  }

  /**
   * The document as somebody else has put it before; empty if that is none of ours, which the next
   * try then replaces.
   */
  Optional<KeptDocument> first(DocumentTask task) {
    Optional<KeptDocument> first = kept.apply(key(task).text());
    if (first.isEmpty()) {
      overStrangers.add(task.id());
    }
    return first;
  }

  /**
   * If it is queued again all the same, its object is not what it should be, whatever it says of
   * itself, also once a try to replace it has failed.
   */
  private boolean wasStoredHere(String id) {
    return documents.wasStored(id);
  }
}
