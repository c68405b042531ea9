package store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import model.Acceptance;
import model.DocumentState;
import model.FailureReason;
import model.ListedName;
import org.jspecify.annotations.Nullable;

/**
 * One row of a page's manifest.
 *
 * @param id the key without its prefix, or the row's text if it has no key
 * @param row position on the page, from 1
 * @param url address; null if the row has none
 * @param key object in the bucket; null if never fetched
 * @param state stored, failed or rejected
 * @param reason why it is not stored; null if it is
 * @param defect what is wrong with the stored document; null if nothing is
 * @param size bytes; null if it is not stored
 * @param sha256 lower-case hex; null if it is not stored
 * @param facts what the portal says about it, by field name
 * @param storedAt when the bucket acknowledged it; null if it is not stored
 * @param total the portal's total when the page was read; null if it named none, or if an older
 *     version wrote the manifest
 * @param listedAt when the page was read; null if an older version wrote the manifest
 * @param httpStatus what the portal answered last; empty if it did not, and for a stored document
 *     of the open data, which may be a part of a longer answer
 * @param acceptance a person's decision that the document will not come; null if there is none
 */
public record ManifestRow(
    String id,
    int row,
    @Nullable String url,
    @Nullable String key,
    DocumentState state,
    @Nullable FailureReason reason,
    @Nullable String defect,
    @Nullable Long size,
    @Nullable String sha256,
    Map<String, String> facts,
    @Nullable Instant storedAt,
    @Nullable Long total,
    @Nullable Instant listedAt,
    OptionalInt httpStatus,
    @Nullable Acceptance acceptance) {

  /** What an open-data source lacks or holds broken will not change by the next attempt. */
  private static final Set<FailureReason> LASTING =
      Set.of(
          FailureReason.GONE, FailureReason.NOT_PDF, FailureReason.TRUNCATED, FailureReason.EMPTY);

  /** A row that the portal did not answer for, and that nobody has accepted. */
  public ManifestRow(
      String id,
      int row,
      @Nullable String url,
      @Nullable String key,
      DocumentState state,
      @Nullable FailureReason reason,
      @Nullable String defect,
      @Nullable Long size,
      @Nullable String sha256,
      Map<String, String> facts,
      @Nullable Instant storedAt,
      @Nullable Long total,
      @Nullable Instant listedAt) {
    this(
        id,
        row,
        url,
        key,
        state,
        reason,
        defect,
        size,
        sha256,
        facts,
        storedAt,
        total,
        listedAt,
        OptionalInt.empty(),
        null);
  }

  /** A copy with the time the page was read, and the portal's total; null if it named none. */
  public ManifestRow listed(@Nullable Instant at, @Nullable Long portalTotal) {
    return with(portalTotal, at, httpStatus, acceptance);
  }

  /** A copy with a person's decision that the document will not come; null for none. */
  public ManifestRow accepted(@Nullable Acceptance decision) {
    return with(total, listedAt, httpStatus, decision);
  }

  /** A copy with the HTTP status that the portal answered; empty if it did not. */
  public ManifestRow answered(OptionalInt status) {
    return with(total, listedAt, status, acceptance);
  }

  private ManifestRow with(
      @Nullable Long portalTotal,
      @Nullable Instant at,
      OptionalInt status,
      @Nullable Acceptance decision) {
    return new ManifestRow(
        id,
        row,
        url,
        key,
        state,
        reason,
        defect,
        size,
        sha256,
        facts,
        storedAt,
        portalTotal,
        at,
        status,
        decision);
  }

  /**
   * Whether the id names one document, wherever it is listed. Otherwise it is only the row's text,
   * and equal texts may stand for different documents.
   */
  public boolean isDocument() {
    return key != null || url != null && !FailureReason.BAD_ADDRESS.equals(reason);
  }

  /**
   * Digest of the version that the stored one has replaced; null if there was none, or if it is no
   * digest.
   */
  public @Nullable String previousSha256() {
    String digest = facts.get("previous_sha256");
    return digest != null && digest.matches("[0-9a-f]{64}") ? digest : null;
  }

  /** The names by which these rows are found. */
  public static List<Long> names(List<ManifestRow> rows) {
    return rows.stream()
        .flatMap(row -> ListedName.of(row.id, row.url, row.facts.get("cnr")).stream())
        .toList();
  }

  public boolean isStored() {
    return state == DocumentState.STORED;
  }

  public boolean isRejected() {
    return state == DocumentState.REJECTED;
  }

  /** Whether the portal no longer has the document. */
  public boolean isGone() {
    return state == DocumentState.FAILED && FailureReason.GONE.equals(reason);
  }

  /** Whether it failed for a cause that may be temporary, and nobody has accepted that. */
  public boolean isRetryable() {
    return state == DocumentState.FAILED
        && !isGone()
        && acceptance == null
        && !(isOfFinalSource(facts) && isLasting(reason));
  }

  /** Whether a source that never changes lacks a document for this reason, or holds it broken. */
  public static boolean isLasting(@Nullable FailureReason reason) {
    return reason != null && LASTING.contains(reason);
  }

  /** Whether a row with these facts is from a source that never changes. */
  public static boolean isOfFinalSource(Map<String, String> facts) {
    return "opendata".equals(facts.get("source"));
  }
}
