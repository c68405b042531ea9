package audit;

import audit.Finding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts findings and keeps the first of each kind. */
final class Findings {
  private static final int EXAMPLES = 100;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Finding>> first = new EnumMap<>(Kind.class);

  Findings() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0L);
    }
  }

  void add(
      Kind kind,
      @Nullable Integer page,
      @Nullable Integer row,
      @Nullable String key,
      @Nullable String detail) {
    counts.merge(kind, 1L, Long::sum);
    List<Finding> examples = first.computeIfAbsent(kind, none -> new ArrayList<>());
    if (examples.size() < EXAMPLES) {
      examples.add(new Finding(kind, page, row, key, detail));
    }
  }

  Map<Kind, Long> counts() {
    return counts;
  }

  /**
   * Examples of all kinds in turn, so that many of one kind do not hide a single one of another.
   */
  List<Finding> examples() {
    List<Finding> examples = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      for (List<Finding> kind : first.values()) {
        if (i < kind.size() && examples.size() < EXAMPLES) {
          examples.add(kind.get(i));
        }
      }
    }
    return examples;
  }
}
