package portal.links;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the number of results from what a portal says about it, in the digits of any script. */
final class TotalText {
  private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.CASE_INSENSITIVE;

  private static final String JOIN = "[,.'\\u2019_\\u066B\\u066C]";

  /** Groups of two or three digits with a separator between them, the last of three. */
  private static final String GROUPS =
      "(?!0JOIN)\\d{1,3}(?:(?:JOIN|\\s)\\d{2,3}){0,6}(?:JOIN|\\s)\\d{3}(?!\\d)";

  /** Not the 5 of "-5" or "1.5". */
  private static final String BEFORE = "(?<!\\d)(?<!\\dJOIN)(?<!(?:^|[\\s(])[-\\u2212])";

  /** Not the 12 of "12,34" or "12 %", but that of "12.00". */
  private static final String AFTER = "(?!\\s*%)(?=[.,]0{1,2}(?!JOIN?\\d)|(?!JOIN\\d))";

  /** A whole number. It has a bounded number of groups, so that no text takes long. */
  private static final String DIGITS =
      (BEFORE + "(?:" + GROUPS + "|\\d++)" + AFTER).replace("JOIN", JOIN);

  private static final Pattern NUMBER = Pattern.compile(DIGITS, FLAGS);
  private static final Pattern AFTER_OF =
      Pattern.compile("\\bof\\s+(?:about\\s+)?(" + DIGITS + ")", FLAGS);

  /** Numbers that count something else: dates, times, pages. */
  private static final Pattern NO_RESULTS =
      Pattern.compile(
          "\\b\\d{1,2}([-./])\\d{1,2}\\1\\d{4}\\b|\\b\\d{4}([-./])\\d{1,2}\\2\\d{1,2}\\b"
              + "|\\b\\d{1,2}:\\d{2}\\b|\\bpages?\\s+(?:\\d++\\s*(?:of|/)|of)\\s*"
              + DIGITS
              + "|\\b\\d++\\s*(?:of|/)\\s*"
              + DIGITS
              + "\\s+pages\\b",
          FLAGS);

  /** A rounded number says nothing that could be held against the rows. */
  private static final Pattern ROUNDED =
      Pattern.compile(
          "\\d(?:[km]|\\s*(?:thousand|million|mio|billion|bn|lakh|lac|crore)s?)\\b", FLAGS);

  private static final int LONGEST = 18;

  private TotalText() {}

  /**
   * The number after "of" in "1-100 of 3,000", otherwise the largest number in the text; empty if
   * it has none, or a rounded one as in "1.5 million".
   */
  static OptionalLong number(String text) {
    if (ROUNDED.matcher(text).find()) {
      return OptionalLong.empty();
    }
    String results = NO_RESULTS.matcher(text).replaceAll(";");
    Matcher of = AFTER_OF.matcher(results);
    if (of.find()) {
      return OptionalLong.of(value(of.group(1)));
    }
    return NUMBER.matcher(results).results().mapToLong(found -> value(found.group())).max();
  }

  private static long value(String number) {
    String digits = number.replaceAll("\\P{Nd}", "");
    return digits.length() > LONGEST ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
