package cli;

import java.util.Locale;

/** A number with its noun, in the singular or plural. */
final class Amount {
  private Amount() {}

  /**
   * @param noun in the singular; its plural ends in {@code s}
   * @return {@code 1 document}, {@code 1,234 documents}
   */
  static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
