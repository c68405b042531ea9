package audit;

import audit.Finding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts findings and keeps the first of each kind. */
final class Findings {
  private static final int EXAMPLES = 100;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Finding>> first = new EnumMap<>(Kind.class);

  Findings() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0L);
      first.put(kind, new ArrayList<>());
    }
  }

  void add(Kind kind, Integer page, Integer row, String key, String detail) {
    counts.merge(kind, 1L, Long::sum);
    if (first.get(kind).size() < EXAMPLES) {
      first.get(kind).add(new Finding(kind, page, row, key, detail));
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
