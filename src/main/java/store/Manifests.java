package store;

import config.StoreSettings;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.DocumentState;
import model.FailureReason;
import model.ObjectKey;
import model.PageRange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** The manifests in the bucket: one object per page, which make the bucket self-describing. */
public final class Manifests {
  /** JSON lines. */
  public static final String CONTENT_TYPE = "application/x-ndjson";

  /** The attribution that the source's licence demands. */
  static final String ATTRIBUTION = "ATTRIBUTION.txt";

  /** The other objects next to the manifests. */
  private static final Set<String> OTHERS = Set.of(HarvestFile.NAME, PlanFile.NAME, ATTRIBUTION);

  /** The minimum number of digits of a page. */
  private static final int DIGITS = 6;

  private static final Pattern NAME = Pattern.compile("page-(\\d{6,9})\\.jsonl");

  private final S3Client s3;
  private final StoreSettings settings;
  private final ManifestFormat format;

  Manifests(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
    this.format = new ManifestFormat(settings.prefix());
  }

  /** The manifest's key, as {@code manifests/page-000123.jsonl}. */
  public ObjectKey key(int page) {
    String number = Integer.toString(page);
    String zeros = "0".repeat(Math.max(0, DIGITS - number.length()));
    return new ObjectKey(settings.manifestPrefix(), "page-" + zeros + number + ".jsonl");
  }

  /** The page of the manifest with this key; empty if it is not the key of a manifest. */
  public OptionalInt page(String key) {
    if (!key.startsWith(settings.manifestPrefix())) {
      return OptionalInt.empty();
    }
    Matcher name = NAME.matcher(key.substring(settings.manifestPrefix().length()));
    if (!name.matches()) {
      return OptionalInt.empty();
    }
    int page = Integer.parseInt(name.group(1));
    return page > 0 && key(page).text().equals(key) ? OptionalInt.of(page) : OptionalInt.empty();
  }

  /** Whether an object under the manifest prefix was not written by this program. */
  public boolean isStranger(String key) {
    String prefix = settings.manifestPrefix();
    return page(key).isEmpty()
        && !(key.startsWith(prefix) && OTHERS.contains(key.substring(prefix.length())));
  }

  /** The text of a manifest with these rows. */
  public byte[] write(List<ManifestRow> rows) {
    return format.write(rows);
  }

  /** All objects under the manifest prefix, listed page by page during the iteration. */
  public Iterable<StoredObject> objects() {
    return StoredObject.list(s3, settings.bucket(), settings.manifestPrefix());
  }

  /**
   * The key of a manifest of these pages; empty if there is none.
   *
   * @throws StoreException if the store does not respond
   */
  public Optional<String> firstOf(PageRange pages) {
    String before = key(pages.first() - 1).text();
    for (StoredObject object :
        StoredObject.list(s3, settings.bucket(), settings.manifestPrefix(), before)) {
      OptionalInt page = page(object.key());
      if (page.isPresent() && page.getAsInt() > pages.last()) {
        break;
      }
      if (page.isPresent() && page.getAsInt() >= pages.first()) {
        return Optional.of(object.key());
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a page's manifest.
   *
   * @return empty if there is none
   * @throws BadManifestException if it is not as it was written
   * @throws StoreException if the store does not respond
   */
  public Optional<List<ManifestRow>> read(int page) throws BadManifestException {
    try {
      return Optional.of(
          format.read(
              WholeObject.read(
                  s3, settings.bucket(), key(page).text(), InputStream::readAllBytes)));
    } catch (StoreException e) {
      if (e.lacksObject()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The portal's total when a page with these rows was read; empty if it named none, or if there
   * are no rows.
   */
  public static OptionalLong total(List<ManifestRow> rows) {
    return rows.stream()
        .map(ManifestRow::total)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** When a page with these rows was read; empty if unknown. */
  public static Optional<Instant> listedAt(List<ManifestRow> rows) {
    return rows.stream().map(ManifestRow::listedAt).filter(Objects::nonNull).findFirst();
  }

  /**
   * A row whose document is in the bucket.
   *
   * @param defect what is wrong with it; null if nothing is
   */
  public ManifestRow stored(
      int row,
      String id,
      @Nullable String url,
      @Nullable String defect,
      long size,
      String sha256,
      Map<String, String> facts,
      Instant storedAt) {
    return new ManifestRow(
        id,
        row,
        url,
        new ObjectKey(settings.prefix(), id).text(),
        DocumentState.STORED,
        null,
        defect,
        size,
        sha256,
        facts,
        storedAt,
        null,
        null);
  }

  /** A row whose document was tried without success. */
  public ManifestRow failed(
      int row, String id, @Nullable String url, FailureReason reason, Map<String, String> facts) {
    String key = new ObjectKey(settings.prefix(), id).text();
    return unstored(row, id, url, key, DocumentState.FAILED, reason, facts);
  }

  /** A row whose document is never fetched. */
  public ManifestRow rejected(
      int row, String id, @Nullable String url, FailureReason reason, Map<String, String> facts) {
    return unstored(row, id, url, null, DocumentState.REJECTED, reason, facts);
  }

  private static ManifestRow unstored(
      int row,
      String id,
      @Nullable String url,
      @Nullable String key,
      DocumentState state,
      FailureReason reason,
      Map<String, String> facts) {
    return new ManifestRow(
        id, row, url, key, state, reason, null, null, null, facts, null, null, null);
  }
}
