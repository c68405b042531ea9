package ledger;

import java.time.Instant;
import java.util.OptionalInt;
import model.Acceptance;
import model.DocumentState;
import model.Validators;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows about a document that was tried.
 *
 * @param id its key in the bucket without the prefix
 * @param page the page that listed it first
 * @param state its state
 * @param attempts failed attempts since it was last queued by a person
 * @param reason why it is not stored; null if it is
 * @param httpStatus what the portal answered last; empty if it did not, or if it is stored
 * @param size bytes; 0 if it is not stored
 * @param sha256 digest in lower-case hex; null if it is not stored
 * @param defect what is wrong with what is stored; null if nothing is
 * @param validators what the portal said of the stored version
 * @param previousSha256 digest of the version that the stored one has replaced; null if there was
 *     none
 * @param updatedAt time of the last change
 * @param lookedAtEnd whether it was gone, and was queued once more at the end of a script's pages
 * @param acceptance a person's decision that it will not come; null if there is none
 */
public record DocumentRecord(
    String id,
    int page,
    DocumentState state,
    int attempts,
    @Nullable String reason,
    OptionalInt httpStatus,
    long size,
    @Nullable String sha256,
    @Nullable String defect,
    Validators validators,
    @Nullable String previousSha256,
    Instant updatedAt,
    boolean lookedAtEnd,
    @Nullable Acceptance acceptance) {}
