package pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import ledger.DocumentRecord;
import ledger.UnstoredRow;
import model.DocumentState;
import model.FailureReason;
import org.jspecify.annotations.Nullable;
import portal.Row;
import store.ManifestRow;
import store.Manifests;

/**
 * The result of a finished page: the manifest for the bucket, and the unstored rows for the ledger.
 * Created once, so that both agree.
 *
 * @param page its number
 * @param total the portal's total when the page was read; null if it named none
 * @param rows in the page's order
 */
public record PageManifest(int page, @Nullable Long total, List<ManifestRow> rows) {
  /** No other status brings a document. */
  private static final int OK = 200;

  /**
   * @param known the ledger's records of the page's documents, by id
   */
  static PageManifest of(Page page, Map<String, DocumentRecord> known, Manifests manifests) {
    return new PageManifest(
        page.number(),
        page.total(),
        page.rows().stream()
            .map(row -> row(row, known.get(row.id()), manifests))
            .map(row -> row.listed(page.listedAt(), page.total()))
            .toList());
  }

  private static ManifestRow row(Row row, @Nullable DocumentRecord known, Manifests manifests) {
    FailureReason rejection = row.rejection();
    if (rejection != null) {
      return manifests.rejected(row.number(), row.id(), row.url(), rejection, row.facts());
    }
    if (known != null && known.state() == DocumentState.STORED) {
      return manifests
          .stored(
              row.number(),
              row.id(),
              row.url(),
              known.defect(),
              known.size(),
              Objects.requireNonNull(known.sha256()), // stored, so it has one
              facts(row, known),
              known.updatedAt())
          .answered(row.isOfFinalSource() ? OptionalInt.empty() : OptionalInt.of(OK));
    }
    ManifestRow unstored =
        known != null && known.state() == DocumentState.REJECTED
            ? manifests.rejected(row.number(), row.id(), row.url(), reason(known), row.facts())
            : manifests
                .failed(row.number(), row.id(), row.url(), reason(known), row.facts())
                .accepted(known == null ? null : known.acceptance());
    return unstored.answered(known == null ? OptionalInt.empty() : known.httpStatus());
  }

  /** What the portal says of the document, and of the version that is stored. */
  private static Map<String, String> facts(Row row, DocumentRecord known) {
    Map<String, String> facts = new LinkedHashMap<>(row.facts());
    boolean isObject = row.isOfFinalSource() && !facts.containsKey("source_etag");
    put(facts, isObject ? "source_etag" : "etag", known.validators().etag());
    put(facts, "last_modified", known.validators().lastModified());
    put(facts, "previous_sha256", known.previousSha256());
    return facts;
  }

  /** A row that was read from a manifest may have an earlier value. */
  private static void put(Map<String, String> facts, String field, @Nullable String value) {
    facts.remove(field);
    if (value != null) {
      facts.put(field, value);
    }
  }

  private static FailureReason reason(@Nullable DocumentRecord known) {
    return known == null || known.reason() == null
        ? FailureReason.STORE
        : FailureReason.read(known.reason(), known.state() == DocumentState.REJECTED);
  }

  /** The rows whose document is not in the bucket, in the ledger's format. */
  List<UnstoredRow> unstored() {
    return rows.stream().filter(row -> !row.isStored()).map(this::unstored).toList();
  }

  private UnstoredRow unstored(ManifestRow row) {
    return new UnstoredRow(
        page,
        row.row(),
        row.id(),
        row.url(),
        row.facts().get("title"),
        row.isRejected() ? DocumentState.REJECTED : DocumentState.FAILED,
        Objects.requireNonNull(row.reason()).word(), // not stored, so it has one
        0,
        null,
        row.acceptance());
  }
}
