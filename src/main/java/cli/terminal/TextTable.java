package cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table for the terminal: columns as wide as their content, right-aligned. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  private TextTable(List<List<String>> rows) {
    this.rows.addAll(rows);
  }

  /** Adds a row; integers get separators, null becomes a hyphen. */
  public void row(@Nullable Object... cells) {
    rows.add(Arrays.stream(cells).map(TextTable::text).toList());
  }

  private static String text(@Nullable Object cell) {
    if (cell == null) {
      return "-";
    }
    return cell instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number)
        : cell.toString();
  }

  /**
   * The table without as many of these columns, the first of them first, as it takes to fit into a
   * width.
   *
   * @param dispensable headings; those that the table lacks are skipped
   */
  public String within(int width, List<String> dispensable) {
    TextTable narrower = this;
    for (String heading : dispensable) {
      if (narrower.rows.get(0).contains(heading) && narrower.width() > width) {
        narrower = narrower.without(heading);
      }
    }
    return narrower.toString();
  }

  /** The table without a column that it has. */
  TextTable without(String heading) {
    int column = rows.get(0).indexOf(heading);
    return new TextTable(rows.stream().map(row -> without(row, column)).toList());
  }

  private static List<String> without(List<String> row, int column) {
    List<String> rest = new ArrayList<>(row);
    rest.remove(column);
    return rest;
  }

  private int width() {
    return toString().lines().mapToInt(String::length).max().orElse(0);
  }

  /** The table, one line per row. */
  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElseThrow())
            .toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> " ".repeat(widths[i] - row.get(i).length()) + row.get(i))
        .collect(Collectors.joining("  ", "", System.lineSeparator()));
  }
}
