package store;

import java.time.Instant;
import java.util.Map;

/**
 * One row of a page's manifest.
 *
 * @param id the key without its prefix, or the row's text if it has no key
 * @param row position on the page, from 1
 * @param url address; null if the row has none
 * @param key object in the bucket; null if never fetched
 * @param state {@code stored}, {@code failed} or {@code rejected}
 * @param reason why it is not stored; null if it is
 * @param size bytes; null if it is not stored
 * @param sha256 lower-case hex; null if it is not stored
 * @param facts what the portal says about it, by field name
 * @param storedAt when the bucket acknowledged it; null if it is not stored
 * @param total the portal's total when the page was read; null if it named none, or if an older
 *     version wrote the manifest
 * @param listedAt when the page was read; null if an older version wrote the manifest
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

  /** A copy with the time the page was read, and the portal's total; null if it named none. */
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

  /** Whether it failed for a cause that may be temporary. */
  public boolean isRetryable() {
    return state.equals("failed") && !reason.equals("gone");
  }
}
