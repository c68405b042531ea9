package cli.terminal;

/** Breaks lines that are too long. */
public final class Wrapping {
  private Wrapping() {}

  /**
   * A text in lines that end between words; a word that is longer than a line, such as an address,
   * stays whole.
   *
   * @param first begins the first line
   * @param next begins each further line
   * @param width the most characters of a line
   */
  public static String wrapped(String first, String next, String text, int width) {
    return wrapped(first, next, text.split(" "), width);
  }

  /** The same of a list, in lines that end after a comma. */
  static String wrappedList(String list, int width) {
    return wrapped("", "", list.split("(?<=,) "), width);
  }

  private static String wrapped(String first, String next, String[] pieces, int width) {
    StringBuilder lines = new StringBuilder(first);
    int column = first.length();
    boolean begins = true;
    for (String piece : pieces) {
      if (!begins && column + 1 + piece.length() > width) {
        lines.append('\n').append(next);
        column = next.length();
        begins = true;
      }
      lines.append(begins ? "" : " ").append(piece);
      column += piece.length() + (begins ? 0 : 1);
      begins = false;
    }
    return lines.toString();
  }
}
