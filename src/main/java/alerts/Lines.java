package alerts;

/** Plain text in lines short enough for every mail program to show them unbroken. */
final class Lines {
  static final int WIDTH = 76;

  private Lines() {}

  /** An item of a list, of as many lines as it needs. */
  static String item(String text) {
    return wrapped("* ", "  ", text);
  }

  /**
   * A text of as many lines as it needs.
   *
   * @param first begins the first line
   * @param next begins each further line, and is as long
   */
  static String wrapped(String first, String next, String text) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(first);
    for (String word : text.strip().split("\\s+")) {
      for (String piece : pieces(word, WIDTH - next.length())) {
        boolean isBegun = line.length() > next.length();
        if (isBegun && line.length() + 1 + piece.length() > WIDTH) {
          lines.append(line).append('\n');
          line = new StringBuilder(next);
          isBegun = false;
        }
        line.append(isBegun ? " " : "").append(piece);
      }
    }
    return lines.append(line).append('\n').toString();
  }

  /** A word that is longer than a line, such as an address, is cut. */
  private static String[] pieces(String word, int width) {
    return word.length() <= width ? new String[] {word} : word.split("(?<=\\G.{" + width + "})");
  }
}
