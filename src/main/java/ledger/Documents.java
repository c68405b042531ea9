package ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import model.DocumentState;
import model.PageState;
import model.Validators;
import org.jspecify.annotations.Nullable;

/**
 * The documents: claims on them, and their results. Thread-safe.
 *
 * <p>Claims are kept in memory only: a document that was claimed but not recorded before a crash is
 * simply not stored.
 */
public final class Documents {
  private final LedgerReads reads;
  private final GroupCommit writer;
  private final DocumentWrites writes;
  private final PageBook book;
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

  Documents(LedgerReads reads, GroupCommit writer, DocumentWrites writes, PageBook book) {
    this.reads = reads;
    this.writer = writer;
    this.writes = writes;
    this.book = book;
  }

  /**
   * Claims a document for the caller, who then records a result or releases it.
   *
   * @return false if somebody else has claimed it, or if it is closed
   */
  public boolean claim(String id) {
    if (!claimed.add(id)) {
      return false;
    }
    boolean done = isClosed(id);
    if (done) {
      claimed.remove(id);
    }
    return !done;
  }

  /** Whether a page is working on the document. */
  public boolean isClaimed(String id) {
    return claimed.contains(id);
  }

  /** Whether the document is claimed or closed, so that {@link #claim} would return false. */
  public boolean isTaken(String id) {
    return claimed.contains(id) || isClosed(id);
  }

  /**
   * Whether the program does nothing more for the document by itself: it is stored, or was given
   * up.
   */
  public boolean isClosed(String id) {
    return reads.state(id).filter(DocumentState::isClosed).isPresent();
  }

  /** Whether the document is in the bucket. */
  public boolean isStored(String id) {
    return reads.state(id).filter(DocumentState.STORED::equals).isPresent();
  }

  /** Whether the document is in the bucket, or was stored before it was queued again. */
  public boolean wasStored(String id) {
    return reads.wasStored(id);
  }

  /**
   * Whether the document was given up and another page lists it, too, so that it may have been
   * tried only at the location that the other page names. Accepted failures are left alone.
   */
  public boolean isGivenUpElsewhere(String id, int page) {
    return reads.isGivenUpElsewhere(id, page);
  }

  /** Releases a claim without a result. */
  public void release(String id) {
    claimed.remove(id);
  }

  /**
   * Records that the bucket has acknowledged a claimed document. The claim stays: its holder
   * releases it exactly once, since a second release might end somebody else's claim.
   *
   * @param defect what is wrong with it; null if nothing is
   * @param validators what the portal said of this version
   * @return whether complete pages still said that it is not stored, and were reopened for that
   *     reason
   */
  public boolean stored(
      String id,
      int page,
      long size,
      String sha256,
      @Nullable String defect,
      Validators validators) {
    DocumentWrites.Storing storing =
        writer.commit(
            c -> writes.stored(id, page, size, sha256, defect, validators),
            written -> {
              book.add(written.delta());
              written.reopened().forEach(other -> book.mark(other, PageState.RETRY));
            });
    return !storing.reopened().isEmpty();
  }

  /**
   * Claims a stored document for the caller, who asks whether the portal has another version.
   *
   * @return false if somebody else has claimed it
   */
  public boolean claimStored(String id) {
    return claimed.add(id);
  }

  /** Records that the portal still has the stored version, and its validators. */
  public void unchanged(String id, Validators validators) {
    writer.commit(c -> writes.unchanged(id, validators));
  }

  /**
   * Records a failed attempt.
   *
   * @param state the resulting state: queued, failed or rejected
   * @param reason the word of a {@link model.FailureReason}
   * @param httpStatus what the portal answered; empty if it did not
   * @return false if the failure does not count, because another page that lists the document has
   *     meanwhile stored it or given it up
   */
  public boolean failed(
      String id, int page, DocumentState state, String reason, OptionalInt httpStatus) {
    return writer
        .commit(
            c -> writes.failed(id, page, state, reason, httpStatus),
            counted -> counted.ifPresent(book::add))
        .isPresent();
  }

  /**
   * Records that a download was a PDF without its end.
   *
   * @return whether the last such download of the document had the same digest
   */
  public boolean unended(String id, String sha256) {
    return writer.commit(c -> writes.unended(id, sha256));
  }

  /** The record of a document; empty if no attempt has ended yet. */
  public Optional<DocumentRecord> find(String id) {
    return reads.find(id);
  }

  /** The records of these documents, by id, without those that were never tried. */
  public Map<String, DocumentRecord> find(Collection<String> ids) {
    Map<String, DocumentRecord> found = new HashMap<>();
    ids.forEach(id -> find(id).ifPresent(known -> found.put(id, known)));
    return found;
  }
}
