package portal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jsoup.nodes.Element;

/**
 * The facts that the rows of a listing give about their documents, under the manifest's field
 * names.
 */
public final class RowFacts {
  private static final Set<String> SAYS_NOTHING =
      Set.of(
          "", "pdf", "download", "view", "open", "view pdf", "download pdf", "link", "click here");

  /** Fields in the manifest's order, with the table headings that mean them. */
  private static final Map<String, List<String>> HEADINGS = headings();

  private static final Set<String> DATES = Set.of("date_of_registration", "decision_date");

  private static final List<DateTimeFormatter> DATE_FORMATS =
      List.of(
              "uuuu-M-d",
              "d-M-uuuu",
              "d/M/uuuu",
              "d.M.uuuu",
              "d MMMM uuuu",
              "d MMM uuuu",
              "MMMM d, uuuu")
          .stream()
          .map(
              pattern ->
                  new DateTimeFormatterBuilder()
                      .parseCaseInsensitive()
                      .appendPattern(pattern)
                      .toFormatter(Locale.ENGLISH)
                      // otherwise 31-02-2023 would become the 28th
                      .withResolverStyle(ResolverStyle.STRICT))
          .toList();

  private static final Pattern SPACE = Pattern.compile("[\\p{Cntrl}\\p{Z}]+");
  private static final Pattern HEADING_END = Pattern.compile("(?<![.:])[.:]+$");

  private final Map<Element, Map<String, Integer>> columns = new IdentityHashMap<>();

  private static Map<String, List<String>> headings() {
    Map<String, List<String>> headings = new LinkedHashMap<>();
    headings.put("cnr", List.of("cnr", "cnr number", "cnr no"));
    headings.put("judge", List.of("judge", "judges", "coram", "bench"));
    headings.put("court", List.of("court"));
    headings.put(
        "date_of_registration", List.of("date of registration", "registration date", "registered"));
    headings.put(
        "decision_date",
        List.of(
            "decision date", "date of decision", "judgment date", "date of judgment", "decided"));
    headings.put("disposal_nature", List.of("disposal nature", "nature of disposal", "disposal"));
    return headings;
  }

  /**
   * The facts of the row that contains a link, in the manifest's order. The map may be modified.
   */
  public Map<String, String> of(Element link) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "title", title(link));
    Element cell = link.closest("td");
    Element row = cell == null ? null : cell.closest("tr");
    Element table = row == null ? null : row.closest("table");
    if (row != null && table != null) {
      columns
          .computeIfAbsent(table, RowFacts::columns)
          .forEach(
              (field, column) ->
                  cellText(row, column)
                      .flatMap(text -> DATES.contains(field) ? isoDate(text) : Optional.of(text))
                      .ifPresent(text -> put(facts, field, text)));
    }
    return facts;
  }

  private static String title(Element link) {
    for (String candidate : List.of(link.text(), link.attr("title"), link.attr("aria-label"))) {
      if (!SAYS_NOTHING.contains(clean(candidate).toLowerCase(Locale.ROOT))) {
        return candidate;
      }
    }
    Element around = link.closest("tr, li");
    return around == null ? link.text() : around.text();
  }

  /** The fields of a table's columns, by its headings. */
  private static Map<String, Integer> columns(Element table) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    // not "tr:has(th)": for each thread, jsoup would keep the whole page that such a selector was
    // used on
    Element heading = table.selectFirst("th");
    Element header = heading == null ? null : heading.closest("tr");
    if (header == null) {
      return columns;
    }
    List<String> names = header.children().stream().map(RowFacts::heading).toList();
    HEADINGS.forEach(
        (field, known) ->
            IntStream.range(0, names.size())
                .filter(column -> known.contains(names.get(column)))
                .findFirst()
                .ifPresent(column -> columns.put(field, column)));
    return columns;
  }

  private static String heading(Element cell) {
    String name = clean(cell.text()).toLowerCase(Locale.ROOT);
    return HEADING_END.matcher(name).replaceAll("");
  }

  private static Optional<String> cellText(Element row, int column) {
    return column < row.childrenSize() ? Optional.of(row.child(column).text()) : Optional.empty();
  }

  /** A date in any of the formats that portals use; empty if the text is not a date. */
  public static Optional<String> isoDate(String text) {
    for (DateTimeFormatter format : DATE_FORMATS) {
      try {
        return Optional.of(LocalDate.parse(clean(text), format).toString());
      } catch (DateTimeException e) {
        continue; // perhaps another format
      }
    }
    return Optional.empty();
  }

  private static void put(Map<String, String> facts, String field, String text) {
    String clean = clean(text);
    if (!clean.isEmpty()) {
      facts.put(field, clean);
    }
  }

  /** Without line breaks, and with no more than one space at a time. */
  public static String clean(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }
}
