package portal.opendata.plan;

import config.Survey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plan by partitions. */
final class PlanSummary {
  private static final Pattern PARTITION = Pattern.compile("year=(\\d+)/court=([^/]*)/bench=(.*)");

  /** Two indexes and the metadata. */
  private static final int INDEXES_AND_METADATA = 3;

  private PlanSummary() {}

  /**
   * @param byObject whether every document is read by a request of its own
   */
  static List<Survey.Partition> of(SourcePlan plan, boolean byObject) {
    Map<String, List<PlanLine>> byPartition = new LinkedHashMap<>();
    plan.lines()
        .forEach(
            line ->
                byPartition.computeIfAbsent(line.partition(), any -> new ArrayList<>()).add(line));
    List<Survey.Partition> partitions = new ArrayList<>();
    byPartition.forEach((path, lines) -> partitions.add(partition(path, lines, byObject)));
    return partitions;
  }

  private static Survey.Partition partition(String path, List<PlanLine> lines, boolean byObject) {
    Matcher keys = PARTITION.matcher(path);
    if (!keys.matches()) {
      throw new IllegalArgumentException("no partition: " + path);
    }
    long objects =
        lines.stream()
            .filter(line -> byObject || line.part() == null)
            .mapToLong(PlanLine::files)
            .sum();
    int parts = (int) lines.stream().filter(line -> line.part() != null).count();
    return new Survey.Partition(
        Integer.parseInt(keys.group(1)),
        keys.group(2),
        keys.group(3),
        parts,
        lines.stream().mapToLong(PlanLine::files).sum(),
        lines.stream().mapToLong(PlanLine::size).sum(),
        lines.stream().mapToInt(PlanLine::pages).sum(),
        lines.get(0).firstPage(),
        parts + objects + INDEXES_AND_METADATA);
  }
}
