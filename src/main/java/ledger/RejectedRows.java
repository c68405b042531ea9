package ledger;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import model.DocumentState;

/**
 * The rejected rows of closed pages by reason, in memory, so that the dashboard needs no query.
 * Contains only pages that have any.
 */
final class RejectedRows {
  private final TreeMap<Integer, Map<String, Long>> byPage = new TreeMap<>();

  synchronized void add(int page, String reason, long rows) {
    byPage.computeIfAbsent(page, number -> new HashMap<>(2)).merge(reason, rows, Long::sum);
  }

  /** The page was closed, with these rows whose document is not in the bucket. */
  synchronized void close(int page, List<UnstoredRow> unstored) {
    Map<String, Long> reasons =
        unstored.stream()
            .filter(row -> row.state() == DocumentState.REJECTED)
            .map(UnstoredRow::reason)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    if (reasons.isEmpty()) {
      byPage.remove(page);
    } else {
      byPage.put(page, reasons);
    }
  }

  /** The rows of a range of pages by reason, in the order of their words. */
  synchronized Map<String, Long> count(int first, int last) {
    Map<String, Long> sums = new TreeMap<>();
    byPage
        .subMap(first, last + 1)
        .values()
        .forEach(reasons -> reasons.forEach((reason, rows) -> sums.merge(reason, rows, Long::sum)));
    return new LinkedHashMap<>(sums);
  }
}
