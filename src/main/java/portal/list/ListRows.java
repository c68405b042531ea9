package portal.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import model.FailureReason;
import portal.Row;
import portal.RowFacts;

/** What the rows of all lists have in common, whatever their addresses mean. */
public final class ListRows {
  /** The field with a document's address. */
  public static final String URL = "url";

  /** The field with a document's path at the portal. */
  public static final String PATH = "path";

  /** What bytes that are no UTF-8 are read as. */
  private static final String MISREAD = "\ufffd";

  private static final List<String> FACTS = List.of("title", "cnr", "court");
  private static final int WORDS = 2_000;

  private ListRows() {}

  /** The facts that a record names, with what its bytes are expected to be. */
  public static Map<String, String> facts(ListRecord row) {
    Map<String, String> facts = new LinkedHashMap<>();
    FACTS.forEach(
        name -> row.field(name).map(RowFacts::clean).ifPresent(text -> facts.put(name, text)));
    row.field("decision_date")
        .flatMap(RowFacts::isoDate)
        .ifPresent(date -> facts.put("decision_date", date));
    facts.putAll(ExpectedBytes.facts(row));
    return facts;
  }

  /** Whether a record says something about its document that nobody can mean. */
  public static boolean isSensible(ListRecord row) {
    return ExpectedBytes.isSensible(row)
        && Stream.of(URL, PATH)
            .allMatch(name -> row.field(name).filter(ListRows::isMisread).isEmpty());
  }

  /**
   * Whether a text was not in UTF-8. Two addresses could then be read as one, and only one of their
   * documents would come.
   */
  static boolean isMisread(String text) {
    return text.contains(MISREAD);
  }

  /** The row of a record that no rule can read. */
  public static Row unreadable(int number, ListRecord row) {
    Map<String, String> facts = facts(row);
    facts.put("raw", row.raw());
    return new Row(number, words(row.raw()), null, FailureReason.UNREADABLE, facts);
  }

  /** The row of a record whose address nobody would fetch. */
  public static Row badAddress(int number, ListRecord row, String address) {
    return new Row(number, words(address), address, FailureReason.BAD_ADDRESS, facts(row));
  }

  /** The document's address, or its path at the portal, whichever is asked for first. */
  public static Optional<String> either(ListRecord row, String first, String second) {
    return row.field(first).or(() -> row.field(second));
  }

  private static String words(String text) {
    String clean = RowFacts.clean(text);
    return clean.length() <= WORDS ? clean : clean.substring(0, WORDS);
  }
}
