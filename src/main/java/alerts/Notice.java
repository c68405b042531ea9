package alerts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that one channel has to deliver.
 *
 * @param queuedAt when it was queued, ISO-8601
 * @param alert null for a digest
 * @param repeated whether the alert was reported before
 * @param digest the text of a digest; null for an alert
 * @param to the recipients who have yet to receive it; null for all
 */
record Notice(
    String queuedAt,
    @Nullable Alert alert,
    boolean repeated,
    @Nullable String digest,
    @Nullable List<String> to) {
  Notice(String queuedAt, @Nullable Alert alert, boolean repeated, @Nullable String digest) {
    this(queuedAt, alert, repeated, digest, null);
  }

  /** A copy for some of the recipients. */
  Notice onlyTo(List<String> recipients) {
    return new Notice(queuedAt, alert, repeated, digest, recipients);
  }
}
