package pipeline;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ledger.Documents;
import model.ObjectKey;
import store.KeptDocument;

/**
 * The objects of documents: their keys, and objects in the bucket that the ledger does not know.
 */
public final class DocumentObjects {
  private final String prefix;
  private final Function<String, Optional<KeptDocument>> kept;
  private final BooleanSupplier mayBeKept;
  private final boolean firstStoredWins;
  private final Documents documents;

  /** Documents under whose keys there is an object that this program did not put there. */
  private final Set<String> overStrangers = ConcurrentHashMap.newKeySet();

  /**
   * @param prefix the key prefix of documents
   * @param kept the document that this program has put under a key
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

  /** The document as the bucket holds it; empty if it must be fetched. */
  Optional<KeptDocument> find(DocumentTask task) {
    return mayBeKept.getAsBoolean() && !wasStoredHere(task.id())
        ? kept.apply(key(task).text())
        : Optional.empty();
  }

  /** Whether the document may be put only if there is no object under its key yet. */
  boolean mayOnlyBeFirst(DocumentTask task) {
    return firstStoredWins
        && !task.isRefresh()
        && !overStrangers.contains(task.id())
        && !wasStoredHere(task.id());
  }

  /**
   * The document as another instance has already put it; empty if this program did not put the
   * object, which the next attempt then replaces.
   */
  Optional<KeptDocument> first(DocumentTask task) {
    Optional<KeptDocument> first = kept.apply(key(task).text());
    if (first.isEmpty()) {
      overStrangers.add(task.id());
    }
    return first;
  }

  /**
   * If such a document was queued again, its object is wrong, whatever its metadata says, and stays
   * so until it has been replaced.
   */
  private boolean wasStoredHere(String id) {
    return documents.wasStored(id);
  }
}
