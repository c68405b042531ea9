package demo.ecourts;

import java.util.Map;

/** The variants in which the portal writes a row. */
public enum RowShape {
  /** Like most rows: single quotes, but none around the call of {@code open_pdf}. */
  PLAIN,
  /** Attributes in single quotes, arguments of the call in double quotes. */
  SINGLE_QUOTES,
  /** Attributes in double quotes. */
  DOUBLE_QUOTES,
  /** No quotes around attributes that can do without. */
  UNQUOTED,
  /** No quotes around the call, spaces around its arguments. */
  SPACED,
  /** The call's quotes as {@code &#39;}. */
  ENTITIES,
  /** Tags and attributes in capitals. */
  CAPITALS,
  /** A judgment in several languages, with a selection before the button. */
  LANGUAGES,
  /** No button, but a CNR: the portal withholds the document. */
  WITHHELD,
  /** A title that would be a script if it were not escaped. */
  SCRIPT_IN_TITLE,
  /** A title that mentions {@code open_pdf} with another path. */
  CALL_IN_TITLE,
  /** A title in Hindi. */
  HINDI,
  /** A title in Tamil. */
  TAMIL,
  /** A path with spaces. */
  SPACES_IN_PATH,
  /** A second order in the preceding case: the same CNR, another path. */
  SECOND_ORDER,
  /** A button whose call ends before the path. */
  BROKEN_CALL,
  /** A bare string instead of a pair of number and HTML. */
  NO_PAIR,
  /** A pair whose HTML is empty. */
  EMPTY;

  private static final int PERIOD = 20;

  /** By remainder of the number; all others are plain. */
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

  /**
   * The shape of the judgment with this number; any twenty consecutive numbers cover all shapes.
   */
  static RowShape of(int number) {
    return SHAPES.getOrDefault(number % PERIOD, PLAIN);
  }

  /** Whether a path can be read from such a row. */
  public boolean hasPath() {
    return this != WITHHELD && !isUnreadable();
  }

  /** Whether such a row has neither a path nor a sign that the document is withheld. */
  public boolean isUnreadable() {
    return this == BROKEN_CALL || this == NO_PAIR || this == EMPTY;
  }
}
