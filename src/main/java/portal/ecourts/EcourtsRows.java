package portal.ecourts;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.FailureReason;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import portal.Identity;
import portal.Row;
import portal.RowFacts;

/** Reads the rows of a listing: two cells each, a number and a piece of HTML. */
final class EcourtsRows {
  /**
   * An argument of {@code open_pdf}: in quotes of either kind, or without quotes. Nothing in it is
   * tried in two ways, which would take too long, or too much of the stack, for a hostile row.
   */
  private static final String ARGUMENT =
      "\\s*+(?:'((?:\\\\.|[^'\\\\])*+)'|\"((?:\\\\.|[^\"\\\\])*+)\"|([^\\s,'\")]*+))\\s*+";

  private static final String CALL =
      "\\s*+(?:javascript:)?\\s*+open_pdf\\s*+\\(%1$s,%1$s,%1$s[,)]".formatted(ARGUMENT);
  private static final Pattern OPEN_PDF = Pattern.compile(CALL);

  /** Matches the raw text, because an unquoted attribute ends at its first space. */
  private static final Pattern RAW_OPEN_PDF =
      Pattern.compile("onclick\\s*+=\\s*+[\"']?" + CALL, Pattern.CASE_INSENSITIVE);

  private static final Pattern DETAIL =
      Pattern.compile(
          "(CNR|Date of registration|Decision Date|Disposal Nature|Court)\\s*:\\s*"
              + "([^|]*?)\\s*(?=\\||$|\\bCourt\\s*:)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern JUDGE =
      Pattern.compile("(?:Judge|Coram|Bench)s?\\s*:\\s*(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern AROUND_A_LABEL = Pattern.compile("^[\\s|]+|[\\s|]+$");
  private static final Pattern PDF_AT_THE_END = Pattern.compile(" pdf$");

  private static final List<String> ORDER =
      List.of("court", "date_of_registration", "decision_date", "disposal_nature");

  private static final int WORDS = 2_000;
  private static final int RAW = 64 * 1024;

  private final URI base;
  private final EcourtsSettings settings;
  private final Identity identity;

  /** A row, and how to request its document; null if it must not be fetched. */
  record Listed(Row row, @Nullable EcourtsDocument document) {}

  /**
   * @param base address of the search page
   * @param identity what makes two paths the same document
   */
  EcourtsRows(URI base, EcourtsSettings settings, Identity identity) {
    this.base = base;
    this.settings = settings;
    this.identity = identity;
  }

  /**
   * The rows in order; further language versions of a judgment follow the first as separate rows.
   */
  List<Listed> read(JsonNode cells) {
    List<Listed> rows = new ArrayList<>();
    for (JsonNode cell : cells) {
      read(cell, rows);
    }
    return rows;
  }

  private void read(JsonNode cell, List<Listed> rows) {
    int number = rows.size() + 1;
    if (!cell.path(1).isTextual() || cell.path(1).asText().isBlank()) {
      rows.add(unreadable(number, cell.toString(), cell.toString(), new LinkedHashMap<>()));
      return;
    }
    String html = cell.path(1).asText();
    Optional<Document> parsed = EcourtsHtml.parse(html);
    if (parsed.isEmpty()) {
      rows.add(unreadable(number, html, html, new LinkedHashMap<>()));
      return;
    }
    Element row = parsed.get().body();
    Map<String, String> facts = facts(row);
    Optional<EcourtsDocument> document = document(row, html, cell.path(0).asText());
    if (document.isPresent()) {
      versions(row, document.get(), facts).forEach((v, said) -> rows.add(listed(rows, v, said)));
    } else if (row.selectFirst("button") == null && facts.containsKey("cnr")) {
      rows.add(new Listed(rejected(number, words(row, html), FailureReason.WITHHELD, facts), null));
    } else {
      rows.add(unreadable(number, words(row, html), html, facts));
    }
  }

  private static Optional<EcourtsDocument> document(Element row, String html, String numberOnPage) {
    Element caller = row.selectFirst("[onclick*=open_pdf]");
    Matcher call = OPEN_PDF.matcher(caller == null ? "" : caller.attr("onclick"));
    if (!call.lookingAt()) {
      call = RAW_OPEN_PDF.matcher(Parser.unescapeEntities(html, true));
      if (!call.find()) {
        return Optional.empty();
      }
    }
    String path = argument(call, 3).split("#", 2)[0].strip();
    String val = argument(call, 1);
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EcourtsDocument(val.isEmpty() ? numberOnPage : val, argument(call, 2), path, null));
  }

  private static String argument(Matcher call, int number) {
    for (int group = 3 * number - 2; group <= 3 * number; group++) {
      if (call.group(group) != null) {
        return call.group(group).replaceAll("\\\\(.)", "$1").strip();
      }
    }
    return "";
  }

  /** The document in its first language, and in the further languages that are configured. */
  private Map<EcourtsDocument, Map<String, String>> versions(
      Element row, EcourtsDocument document, Map<String, String> facts) {
    Map<EcourtsDocument, Map<String, String>> versions = new LinkedHashMap<>();
    versions.put(document, facts);
    for (Element option : row.select("select[name=language] option")) {
      String code = option.attr("value").strip();
      String language = RowFacts.clean(option.text());
      if (code.isEmpty()) {
        put(facts, "language", language);
      } else if (settings.wants(code)) {
        Map<String, String> own = new LinkedHashMap<>(facts);
        own.put("language", language.isEmpty() ? code : language);
        versions.put(document.in(code), own);
      }
    }
    return versions;
  }

  private Listed listed(List<Listed> before, EcourtsDocument document, Map<String, String> facts) {
    int number = before.size() + 1;
    facts.putAll(document.facts());
    return document
        .address(base, identity)
        .map(
            address ->
                new Listed(
                    new Row(number, address.id(), address.uri().toString(), null, facts), document))
        .orElseGet(
            () ->
                new Listed(
                    new Row(
                        number,
                        shorten(document.path(), WORDS),
                        document.path(),
                        FailureReason.BAD_ADDRESS,
                        facts),
                    null));
  }

  private static Map<String, String> facts(Element row) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "title", title(row));
    Map<String, String> details = details(row);
    put(facts, "cnr", details.get("cnr"));
    Element judge = judge(row);
    if (judge != null) {
      Matcher name = JUDGE.matcher(RowFacts.clean(judge.text()));
      put(facts, "judge", name.matches() ? name.group(1) : null);
    }
    ORDER.forEach(field -> put(facts, field, details.get(field)));
    put(facts, "excerpt", excerpt(row));
    return facts;
  }

  private static @Nullable String title(Element row) {
    Element button = row.selectFirst("button");
    if (button == null) {
      Element text = row.selectFirst("font[size=3]");
      return text == null ? null : text.text();
    }
    return button.text().isBlank()
        ? PDF_AT_THE_END.matcher(RowFacts.clean(button.attr("aria-label"))).replaceAll("")
        : button.text();
  }

  private static Map<String, String> details(Element row) {
    Element details = row.selectFirst(".caseDetailsTD");
    Map<String, String> found = new LinkedHashMap<>();
    Matcher detail = DETAIL.matcher(RowFacts.clean((details == null ? row : details).text()));
    while (detail.find()) {
      String field = detail.group(1).toLowerCase(Locale.ROOT).replace(' ', '_');
      String value = AROUND_A_LABEL.matcher(detail.group(2)).replaceAll("");
      if (field.contains("date")) {
        RowFacts.isoDate(value).ifPresent(date -> found.putIfAbsent(field, date));
      } else {
        found.putIfAbsent(field, value);
      }
    }
    return found;
  }

  private static @Nullable Element judge(Element row) {
    return row.select("strong").stream()
        .filter(strong -> JUDGE.matcher(RowFacts.clean(strong.text())).matches())
        .findFirst()
        .orElse(null);
  }

  /** The rest of the row's text after removing all named parts. */
  private static String excerpt(Element row) {
    Element rest = row.clone();
    Element judge = judge(rest);
    if (judge != null) {
      judge.remove();
    }
    rest.select("button, select, font[size=3], .caseDetailsTD").remove();
    return rest.text();
  }

  private static Listed unreadable(
      int number, String words, String raw, Map<String, String> facts) {
    facts.put("raw", shorten(raw, RAW));
    return new Listed(
        rejected(number, shorten(words, WORDS), FailureReason.UNREADABLE, facts), null);
  }

  private static Row rejected(
      int number, String id, FailureReason reason, Map<String, String> facts) {
    return new Row(number, id, null, reason, facts);
  }

  /** The row's text, used instead of a path. */
  private static String words(Element row, String html) {
    String text = RowFacts.clean(row.text());
    return shorten(text.isEmpty() ? html : text, WORDS);
  }

  private static String shorten(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static void put(Map<String, String> facts, String field, @Nullable String text) {
    String clean = text == null ? "" : RowFacts.clean(text);
    if (!clean.isEmpty()) {
      facts.put(field, clean);
    }
  }
}
