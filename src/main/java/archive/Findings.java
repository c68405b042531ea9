package archive;

import archive.Finding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts findings and keeps the first of them. */
final class Findings {
  private static final int EXAMPLES = 100;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<Finding> examples = new ArrayList<>();

  Findings() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0L);
    }
  }

  void add(Kind kind, Integer page, Integer row, String key, String detail) {
    counts.merge(kind, 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(new Finding(kind, page, row, key, detail));
    }
  }

  long count(Kind kind) {
    return counts.get(kind);
  }

  Map<Kind, Long> counts() {
    return counts;
  }

  List<Finding> examples() {
    return examples;
  }
}
