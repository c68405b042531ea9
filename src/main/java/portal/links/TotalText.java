package portal.links;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the number of results from what a portal says about it, in the digits of any script. */
final class TotalText {
  private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.CASE_INSENSITIVE;

  /**
   * Groups of two or three digits with a separator between them, the last of three; or digits
   * alone. The number of groups is bounded, so that no text takes long.
   */
  private static final String DIGITS =
      "(?:\\d{1,3}(?:%1$s\\d{2,3}){0,6}%1$s\\d{3}(?!\\d)|\\d++)"
          .formatted("[,.\\s'\\u2019_\\u066C]");

  private static final Pattern NUMBER = Pattern.compile(DIGITS, FLAGS);
  private static final Pattern AFTER_OF =
      Pattern.compile("\\bof\\s+(?:about\\s+)?(" + DIGITS + ")", FLAGS);

  /** Numbers that count something else: dates, and the place among the pages. */
  private static final Pattern NO_RESULTS =
      Pattern.compile(
          "\\b\\d{1,2}([-./])\\d{1,2}\\1\\d{4}\\b|\\b\\d{4}([-./])\\d{1,2}\\2\\d{1,2}\\b"
              + "|\\bpage\\s+\\d++\\s*(?:of|/)\\s*"
              + DIGITS,
          FLAGS);

  private static final int LONGEST = 18;

  private TotalText() {}

  /**
   * The number after "of" in "1-100 of 3,000", otherwise the largest number in the text; empty if
   * it has none.
   */
  static OptionalLong number(String text) {
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
