package ledger;

import java.time.Instant;
import java.util.OptionalInt;
import model.DocumentState;
import model.Validators;
import org.jspecify.annotations.Nullable;

/**
 * A row of a page as its manifest has it.
 *
 * @param unstored what the ledger keeps of the row; null if its document is stored
 * @param id the document, or the row's text if it has no usable address
 * @param state the resulting state; null if the row never was a document
 * @param reason why it is not stored; empty if it is
 * @param httpStatus what the portal answered last; empty if it did not, or if it is stored
 * @param size bytes; 0 if it is not stored
 * @param sha256 digest in lower-case hex; empty if it is not stored
 * @param defect what is wrong with what is stored; null if nothing is
 * @param validators what the portal said of the stored version
 * @param previousSha256 digest of the version that the stored one has replaced; null if there was
 *     none
 * @param at when it was stored, or listed
 */
public record RestoredRow(
    @Nullable UnstoredRow unstored,
    String id,
    @Nullable DocumentState state,
    String reason,
    OptionalInt httpStatus,
    long size,
    String sha256,
    @Nullable String defect,
    Validators validators,
    @Nullable String previousSha256,
    Instant at) {}
