package cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Text from elsewhere, such as a title or a line of the log, on its way to the terminal. */
public final class ServerText {
  // control characters steer the terminal, the others turn the reading direction or break the line
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

  private ServerText() {}

  /** The text on one line, with nothing in it that a terminal would obey. */
  public static String harmless(String text) {
    return STEERING.matcher(text.replace('\t', ' ')).replaceAll("\ufffd");
  }

  /** What an answer of the API says to a person. */
  public static String message(JsonNode answer) {
    return harmless(answer.path("message").asText());
  }

  /** The text in this many characters at most. */
  public static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
