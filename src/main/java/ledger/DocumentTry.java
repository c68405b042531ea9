package ledger;

import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a document.
 *
 * @param at when it ended
 * @param reason why it failed: the word of a {@link model.FailureReason}; null if it was stored
 * @param httpStatus what the portal answered; empty if it did not, or if the document was stored
 */
public record DocumentTry(Instant at, @Nullable String reason, OptionalInt httpStatus) {}
