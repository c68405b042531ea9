package ledger;

import java.time.Instant;
import model.DocumentState;

/**
 * A row of a closed page whose document is not in the bucket.
 *
 * @param page its page
 * @param row its place there, from 1
 * @param id the document, or the row's own words when it has no usable address
 * @param url address; null when the row has none
 * @param title null when the row has none
 * @param state {@link DocumentState#FAILED} or {@link DocumentState#REJECTED}
 * @param reason one of the contract's words
 * @param attempts failed tries; 0 for what is never fetched
 * @param lastAttempt time of the last try; null for what is never fetched
 */
public record UnstoredRow(
    int page,
    int row,
    String id,
    String url,
    String title,
    DocumentState state,
    String reason,
    int attempts,
    Instant lastAttempt) {}
