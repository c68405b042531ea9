package audit;

import audit.Finding.Kind;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * The result of an audit.
 *
 * @param pages pages that were audited
 * @param rows rows of their manifests
 * @param stored existing objects of stored rows, each counted once
 * @param rejected rows that are never fetched, by rule
 * @param gone rows whose document the portal no longer has
 * @param findings the number of findings of each kind, including zeros
 * @param examples some of the findings, of every kind found
 * @param drift how far the portal's list has changed since; not a finding, because nothing is wrong
 */
@JsonPropertyOrder("clean")
public record AuditReport(
    long pages,
    long rows,
    long stored,
    long rejected,
    long gone,
    Map<Kind, Long> findings,
    List<Finding> examples,
    Drift drift) {

  /** Whether there are no findings. */
  @JsonProperty("clean")
  public boolean isClean() {
    return findings.values().stream().allMatch(count -> count == 0);
  }
}
