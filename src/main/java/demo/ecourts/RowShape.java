package demo.ecourts;

import java.util.Map;

/** In which of the portal's ways the row of a judgment is written. */
public enum RowShape {
  /** As most rows are: single quotes, but the call of {@code open_pdf} in none at all. */
  PLAIN,
  /** Every attribute in single quotes, the call's arguments in double ones. */
  SINGLE_QUOTES,
  /** Every attribute in double quotes. */
  DOUBLE_QUOTES,
  /** No quotes round any attribute that can do without. */
  UNQUOTED,
  /** The call without quotes round it, with spaces round its arguments. */
  SPACED,
  /** The call's quotes as {@code &#39;}. */
  ENTITIES,
  /** Tags and attributes in capitals. */
  CAPITALS,
  /** A judgment in several languages, with a choice before the button. */
  LANGUAGES,
  /** No button, but a CNR: the portal keeps the document back. */
  WITHHELD,
  /** A title that would be a script if it were not escaped. */
  SCRIPT_IN_TITLE,
  /** A title that speaks of {@code open_pdf} with another path. */
  CALL_IN_TITLE,
  /** A title in Hindi. */
  HINDI,
  /** A title in Tamil. */
  TAMIL,
  /** A path with spaces in it. */
  SPACES_IN_PATH,
  /** A second order in the case before it: the same CNR, another path. */
  SECOND_ORDER,
  /** A button whose call breaks off before the path. */
  BROKEN_CALL,
  /** No pair of number and HTML, but a bare string. */
  NO_PAIR,
  /** A pair whose HTML is empty. */
  EMPTY;

  private static final int PERIOD = 20;

  /** By the number's rest; what is not here is plain. */
  private static final Map<Integer, RowShape> SHAPES =
      Map.ofEntries(
          Map.entry(2, SINGLE_QUOTES),
          Map.entry(3, DOUBLE_QUOTES),
          Map.entry(4, SPACED),
          Map.entry(5, ENTITIES),
          Map.entry(6, CAPITALS),
          Map.entry(7, LANGUAGES),
          Map.entry(8, WITHHELD),
          Map.entry(9, SCRIPT_IN_TITLE),
          Map.entry(10, CALL_IN_TITLE),
          Map.entry(11, HINDI),
          Map.entry(12, TAMIL),
          Map.entry(13, SPACES_IN_PATH),
          Map.entry(14, BROKEN_CALL),
          Map.entry(15, NO_PAIR),
          Map.entry(16, EMPTY),
          Map.entry(18, SECOND_ORDER),
          Map.entry(19, UNQUOTED));

  /** The shape of the judgment with this number: all of them come round within twenty. */
  static RowShape of(int number) {
    return SHAPES.getOrDefault(number % PERIOD, PLAIN);
  }

  /** Whether a path can be read from such a row. */
  public boolean hasPath() {
    return this != WITHHELD && !isUnreadable();
  }

  /** Whether such a row gives neither a path nor a reason to call the document withheld. */
  public boolean isUnreadable() {
    return this == BROKEN_CALL || this == NO_PAIR || this == EMPTY;
  }
}
