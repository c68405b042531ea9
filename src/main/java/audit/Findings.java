package audit;

import audit.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts findings and keeps the first of each kind, by page. */
final class Findings {
  private static final int EXAMPLES = 100;
  private static final Comparator<Finding> BY_PAGE =
      Comparator.comparing(Finding::page, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Finding::row, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Finding::key, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, PriorityQueue<Finding>> first = new EnumMap<>(Kind.class);

  Findings() {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.NOT_READABLE) { // rare: a report contains it only if there are some
        counts.put(kind, 0L);
      }
    }
  }

  void add(
      Kind kind,
      @Nullable Integer page,
      @Nullable Integer row,
      @Nullable String key,
      @Nullable String detail) {
    add(kind, 1, page, row, key, detail);
  }

  /** Adds one example that stands for this many. */
  void add(
      Kind kind,
      long count,
      @Nullable Integer page,
      @Nullable Integer row,
      @Nullable String key,
      @Nullable String detail) {
    counts.merge(kind, count, Long::sum);
    PriorityQueue<Finding> examples =
        first.computeIfAbsent(kind, none -> new PriorityQueue<>(BY_PAGE.reversed()));
    examples.add(new Finding(kind, page, row, key, detail));
    if (examples.size() > EXAMPLES) {
      examples.remove(); // the last by page
    }
  }

  /** How many of this kind were found. */
  long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  Map<Kind, Long> counts() {
    return counts;
  }

  /** The first findings of every kind, sorted by kind and page. */
  List<Finding> examples() {
    List<Finding> examples = new ArrayList<>();
    first.values().forEach(kind -> examples.addAll(kind.stream().sorted(BY_PAGE).toList()));
    return some(examples, EXAMPLES);
  }

  /**
   * Some of these findings, in their order: as many of each kind as of every other, so that many of
   * one kind do not hide a single one of another.
   *
   * @param findings sorted by kind
   */
  static List<Finding> some(List<Finding> findings, int most) {
    Map<Kind, List<Finding>> kinds =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    Finding::finding, () -> new EnumMap<>(Kind.class), Collectors.toList()));
    List<Finding> some = new ArrayList<>();
    for (int i = 0; i < most && some.size() < findings.size(); i++) {
      for (List<Finding> kind : kinds.values()) {
        if (i < kind.size() && some.size() < most) {
          some.add(kind.get(i));
        }
      }
    }
    some.sort(Comparator.comparing(Finding::finding)); // stable: by page within a kind
    return some;
  }
}
