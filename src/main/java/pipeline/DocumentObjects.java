package pipeline;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ledger.DocumentRecord;
import ledger.Documents;
import model.ObjectKey;
import store.KeptDocument;

/** The objects of documents: their keys, and those that are there without the ledger knowing it. */
public final class DocumentObjects {
  private final String prefix;
  private final Function<String, Optional<KeptDocument>> kept;
  private final BooleanSupplier mayBeKept;
  private final Documents documents;

  /**
   * @param prefix the key prefix of documents
   * @param kept what the bucket holds of us under a key
   * @param mayBeKept whether the bucket may hold documents that the ledger does not know of,
   *     because it was restored or other harvests fill the bucket, too
   */
  public DocumentObjects(
      String prefix,
      Function<String, Optional<KeptDocument>> kept,
      BooleanSupplier mayBeKept,
      Documents documents) {
    this.prefix = prefix;
    this.kept = kept;
    this.mayBeKept = mayBeKept;
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

  /** If it is queued again all the same, its object is not what it should be. */
  private boolean wasStoredHere(String id) {
    return documents.find(id).map(DocumentRecord::sha256).isPresent();
  }
}
