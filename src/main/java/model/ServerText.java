package model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes text from outside, such as a title or a log line, safe for the terminal. */
public final class ServerText {
  // control characters would steer the terminal; the others change the text direction or break
  // the line
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

  private ServerText() {}

  /** The text on one line, without anything a terminal would interpret; empty for null. */
  public static String harmless(@Nullable String text) {
    return text == null ? "" : STEERING.matcher(text.replace('\t', ' ')).replaceAll("\ufffd");
  }

  /** The text, shortened to this many characters. */
  public static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
