package alerts;

import org.jspecify.annotations.Nullable;

/**
 * Something that one channel has to deliver.
 *
 * @param queuedAt when it was to be told, ISO-8601
 * @param alert null for a digest
 * @param repeated whether the alert was told before
 * @param digest the text of a digest; null for an alert
 */
record Notice(String queuedAt, @Nullable Alert alert, boolean repeated, @Nullable String digest) {}
