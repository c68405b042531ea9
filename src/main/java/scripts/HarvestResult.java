package scripts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import ledger.UnstoredCounts;

/**
 * The result of the pages that are complete.
 *
 * @param stored documents in the bucket
 * @param unstored the rows whose document is not
 */
public record HarvestResult(long stored, UnstoredCounts unstored) {
  private static final int MOST_HOSTS = 5;

  /** The result of several scripts together. */
  static HarvestResult sum(List<HarvestResult> results) {
    return new HarvestResult(
        results.stream().mapToLong(HarvestResult::stored).sum(),
        UnstoredCounts.sum(results.stream().map(HarvestResult::unstored).toList()));
  }

  /** Whether nothing was stored, although something was listed. */
  boolean broughtNothing() {
    return stored == 0 && unstored.rows() > 0;
  }

  /**
   * One line, such as {@code completed, 0 of 452 stored: 452 rejected (foreign_host: files.example
   * 452)}.
   */
  public String words() {
    String share = "completed, %s of %s stored".formatted(of(stored), of(stored + unstored.rows()));
    Map<String, Map<String, Long>> parts = new LinkedHashMap<>();
    parts.put("rejected", unstored.rejected());
    parts.put("failed", unstored.failed());
    parts.values().removeIf(Map::isEmpty);
    return parts.entrySet().stream()
        .map(part -> part(part.getKey(), part.getValue()))
        .collect(Collectors.joining(", ", share + (parts.isEmpty() ? "" : ": "), ""));
  }

  private String part(String state, Map<String, Long> reasons) {
    long rows = reasons.values().stream().mapToLong(Long::longValue).sum();
    return reasons.entrySet().stream()
        .map(
            reason ->
                reason.getKey().equals(UnstoredCounts.FOREIGN_HOST)
                    ? reason.getKey() + ": " + hosts()
                    : reason.getKey() + " " + of(reason.getValue()))
        .collect(Collectors.joining("; ", of(rows) + " " + state + " (", ")"));
  }

  private String hosts() {
    Map<String, Long> hosts = unstored.hosts();
    String more =
        hosts.size() > MOST_HOSTS ? ", %s more hosts".formatted(of(hosts.size() - MOST_HOSTS)) : "";
    return hosts.entrySet().stream()
            .limit(MOST_HOSTS)
            .map(host -> host.getKey() + " " + of(host.getValue()))
            .collect(Collectors.joining(", "))
        + more;
  }

  private static String of(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
