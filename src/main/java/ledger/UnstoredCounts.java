package ledger;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of closed pages whose document is not in the bucket, most frequent first.
 *
 * @param failed by reason
 * @param rejected by reason
 * @param hosts those rejected as {@code foreign_host} by the host that is not allowed, or under
 *     {@link #REDIRECTED}
 */
public record UnstoredCounts(
    Map<String, Long> failed, Map<String, Long> rejected, Map<String, Long> hosts) {
  /** The reason whose hosts are counted. */
  public static final String FOREIGN_HOST = "foreign_host";

  /** Rows on an allowed host that led to another one. */
  static final String REDIRECTED = "by redirects";

  /** The counts of several ranges together. */
  public static UnstoredCounts sum(List<UnstoredCounts> counts) {
    return new UnstoredCounts(
        sum(counts, UnstoredCounts::failed),
        sum(counts, UnstoredCounts::rejected),
        sum(counts, UnstoredCounts::hosts));
  }

  private static Map<String, Long> sum(
      List<UnstoredCounts> counts, Function<UnstoredCounts, Map<String, Long>> which) {
    Map<String, Long> sums = new HashMap<>();
    counts.stream()
        .map(which)
        .forEach(one -> one.forEach((word, rows) -> sums.merge(word, rows, Long::sum)));
    return sorted(sums);
  }

  static Map<String, Long> sorted(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
  }

  /** How many rows these are. */
  public long rows() {
    return rows(failed) + rows(rejected);
  }

  private static long rows(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
