package ledger;

import java.time.Instant;
import model.DocumentState;

/**
 * What the ledger knows of a document that was tried.
 *
 * @param id its key in the bucket without the prefix
 * @param page the page that brought it first
 * @param state where it stands
 * @param attempts failed tries since it was last queued by a person
 * @param reason why it is not stored; null when it is
 * @param size bytes; 0 when it is not stored
 * @param sha256 digest in lower-case hex; null when it is not stored
 * @param updatedAt time of the last change
 */
public record DocumentRecord(
    String id,
    int page,
    DocumentState state,
    int attempts,
    String reason,
    long size,
    String sha256,
    Instant updatedAt) {}
