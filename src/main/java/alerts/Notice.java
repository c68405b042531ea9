package alerts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that one channel has to deliver.
 *
 * @param queuedAt when it was to be told, ISO-8601
 * @param alert null for a digest
 * @param repeated whether the alert was told before
 * @param digest the text of a digest; null for an alert
 * @param to the recipients that lack it still; null for all
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

  /** The same for some of the recipients. */
  Notice onlyTo(List<String> recipients) {
    return new Notice(queuedAt, alert, repeated, digest, recipients);
  }
}
