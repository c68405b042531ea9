package audit;

import audit.Finding.Kind;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param pages pages that were audited
 * @param rows rows of their manifests
 * @param stored objects that are there, each counted once
 * @param rejected rows that are never fetched, by rule
 * @param gone rows whose document the portal no longer has
 * @param findings how often each kind was found; every kind is there
 * @param examples some of them, of every kind that was found
 * @param drift how far the portal's list has changed since; no finding, for it proves nothing wrong
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

  /** Whether the bucket is proved to hold every listed document, once and whole. */
  @JsonProperty("clean")
  public boolean isClean() {
    return findings.values().stream().allMatch(count -> count == 0);
  }
}
