package cli;

import cli.terminal.TextTable;
import config.Survey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The contents of a source: one line per court and year, and one for all. */
final class PartitionTable {
  private static final List<String> DISPENSABLE = List.of("partitions", "PUTs", "pages");
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");

  private final List<Survey.Partition> partitions;
  private final @Nullable Double rate;

  private record CourtAndYear(String court, int year) {}

  /**
   * @param rate documents a second; null to leave out the time
   */
  PartitionTable(List<Survey.Partition> partitions, @Nullable Double rate) {
    this.partitions = partitions;
    this.rate = rate;
  }

  /** The table, without columns that repeat what others say if it is wider than this. */
  String within(int width) {
    List<String> headings =
        new ArrayList<>(
            List.of("court", "year", "partitions", "files", "bytes", "requests", "PUTs", "pages"));
    if (rate != null) {
      headings.add("time");
    }
    TextTable table = new TextTable(headings.toArray(String[]::new));
    Map<CourtAndYear, List<Survey.Partition>> groups =
        new TreeMap<>(Comparator.comparing(CourtAndYear::court).thenComparing(CourtAndYear::year));
    partitions.forEach(
        partition ->
            groups
                .computeIfAbsent(
                    new CourtAndYear(partition.court(), partition.year()), any -> new ArrayList<>())
                .add(partition));
    groups.forEach((key, group) -> row(table, key.court(), String.valueOf(key.year()), group));
    row(table, "total", "", partitions);
    return table.within(width, DISPENSABLE);
  }

  private void row(TextTable table, String court, String year, List<Survey.Partition> group) {
    long files = group.stream().mapToLong(Survey.Partition::files).sum();
    int pages = group.stream().mapToInt(Survey.Partition::pages).sum();
    List<Object> cells =
        new ArrayList<>(
            List.of(
                court,
                year,
                group.size(),
                files,
                bytes(group.stream().mapToLong(Survey.Partition::bytes).sum()),
                group.stream().mapToLong(Survey.Partition::requests).sum(),
                files + pages,
                pages));
    if (rate != null) {
      cells.add(time(files, rate));
    }
    table.row(cells.toArray());
  }

  private static String bytes(long bytes) {
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%,.1f %s", value, UNITS.get(unit));
  }

  /** The time that this many documents take, such as {@code 8 h 1 min}. */
  static String time(long documents, double rate) {
    Duration time = Duration.ofSeconds((long) Math.ceil(documents / rate));
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() == 0) {
      return time.toMinutes() + " min";
    }
    return time.toHours() < 100
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : String.format(Locale.ROOT, "%,d days", time.toDays());
  }

  /** A rate as it was given, without a superfluous {@code .0}. */
  static String number(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
  }
}
