package ledger;

import java.time.Instant;
import model.Acceptance;
import model.DocumentState;
import org.jspecify.annotations.Nullable;

/**
 * A row of a closed page whose document is not in the bucket.
 *
 * @param page its page
 * @param row its position there, from 1
 * @param id the document, or the row's text if it has no usable address
 * @param url address; null if the row has none
 * @param title null if the row has none
 * @param state {@link DocumentState#FAILED} or {@link DocumentState#REJECTED}
 * @param reason the word of a {@link model.FailureReason}
 * @param attempts failed attempts; 0 if never fetched
 * @param lastAttempt time of the last attempt; null if never fetched
 * @param acceptance a person's decision that it will not come; null if there is none
 */
public record UnstoredRow(
    int page,
    int row,
    String id,
    @Nullable String url,
    @Nullable String title,
    DocumentState state,
    String reason,
    int attempts,
    @Nullable Instant lastAttempt,
    @Nullable Acceptance acceptance) {}
