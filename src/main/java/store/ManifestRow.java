package store;

import java.time.Instant;
import java.util.Map;

/**
 * One row of a page's manifest.
 *
 * @param id the key without its prefix, or the row's own words when it has no key
 * @param row place on the page, from 1
 * @param url address; null when the row has none
 * @param key object in the bucket; null for what is never fetched
 * @param state {@code stored}, {@code failed} or {@code rejected}
 * @param reason why it is not stored; null when it is
 * @param size bytes; null when it is not stored
 * @param sha256 lower-case hex; null when it is not stored
 * @param facts what the portal says of it, by field name
 * @param storedAt when the bucket acknowledged it; null when it is not stored
 * @param total documents that the portal listed in all when the page was read; null when it named
 *     none, or when the manifest is from before this was written down
 * @param listedAt when the page was read; null when the manifest is from before this was written
 *     down
 */
public record ManifestRow(
    String id,
    int row,
    String url,
    String key,
    String state,
    String reason,
    Long size,
    String sha256,
    Map<String, String> facts,
    Instant storedAt,
    Long total,
    Instant listedAt) {

  /** The same row, read at this time, when the portal named this total; null when it named none. */
  public ManifestRow listed(Instant at, Long portalTotal) {
    return new ManifestRow(
        id, row, url, key, state, reason, size, sha256, facts, storedAt, portalTotal, at);
  }

  public boolean isStored() {
    return state.equals("stored");
  }

  public boolean isRejected() {
    return state.equals("rejected");
  }

  /** Whether the portal no longer has the document. */
  public boolean isGone() {
    return state.equals("failed") && reason.equals("gone");
  }

  /** Whether it failed for a cause that may pass. */
  public boolean isRetryable() {
    return state.equals("failed") && !reason.equals("gone");
  }
}
