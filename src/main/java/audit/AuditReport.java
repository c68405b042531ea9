package audit;

import audit.Finding.Kind;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of an audit.
 *
 * @param pages pages that were audited
 * @param rows rows of their manifests
 * @param stored existing objects of stored rows, each counted once
 * @param rejected rows that are never fetched, by rule
 * @param gone rows whose document the portal no longer has
 * @param defects stored objects that lack something as the portal serves them
 * @param gaps listed documents that are not in the bucket, by the word for the reason, each counted
 *     once: those of rows that are not stored, of stored rows without an object ({@code missing}),
 *     and the rows of pages without a readable manifest ({@code rows_missing})
 * @param hashesChecked objects whose SHA-256 was compared
 * @param hashesUnknown objects whose SHA-256 was to be compared, but the store keeps none
 * @param resumed what of {@code hashesChecked} is from before an interruption; null if nothing is
 * @param findings the number of findings of each kind, including zeros; {@code not_readable} only
 *     where there are some
 * @param examples some of the findings, of every kind found, sorted by kind and page
 * @param drift how far the portal's list has changed since; not a finding, because nothing is wrong
 * @param isWhole whether the pages of all instances were audited, so that their rows were compared
 *     with the portal's total
 */
@JsonPropertyOrder({"clean", "complete"})
public record AuditReport(
    long pages,
    long rows,
    long stored,
    long rejected,
    long gone,
    long defects,
    Map<String, Long> gaps,
    @JsonProperty("hashes_checked") long hashesChecked,
    @JsonProperty("hashes_unknown") long hashesUnknown,
    @JsonInclude(Include.NON_NULL) @Nullable Resumed resumed,
    Map<Kind, Long> findings,
    List<Finding> examples,
    Drift drift,
    @JsonProperty("all") boolean isWhole) {

  /**
   * Whether there are no findings: everything that the portal would serve is in the bucket, and
   * that is proven.
   */
  @JsonProperty("clean")
  public boolean isClean() {
    return findings.values().stream().allMatch(count -> count == 0);
  }

  /** Whether no listed document is missing. */
  @JsonProperty("complete")
  public boolean isComplete() {
    return gaps.isEmpty();
  }

  /** Some of the examples, of every kind found. */
  public List<Finding> examples(int most) {
    return Findings.some(examples, most);
  }
}
