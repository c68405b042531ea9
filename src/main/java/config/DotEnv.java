package config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file: {@code KEY=VALUE} lines, {@code #} comments, an optional {@code
 * export}, values bare, in single quotes (taken literally) or in double quotes (with {@code \n \t
 * \" \\ \$}). Quoted values may span lines. Variables are not expanded.
 */
final class DotEnv {
  private static final Pattern BLANK = Pattern.compile("\\s+|#[^\\n]*");
  private static final Pattern NAME = Pattern.compile("(?:export[ \\t]+)?([^=\\s]+)[ \\t]*=");
  private static final Pattern SINGLE = Pattern.compile("[ \\t]*'([^']*)'");
  private static final Pattern DOUBLE =
      Pattern.compile("[ \\t]*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"", Pattern.DOTALL);
  private static final Pattern OPENED = Pattern.compile("[ \\t]*['\"]");
  private static final Pattern BARE = Pattern.compile("[^\\n]*");
  private static final Pattern REST = Pattern.compile("[ \\t]*(?:#[^\\n]*)?(?:\\n|\\z)");

  private final String text;
  private final Consumer<String> twice;
  private final Matcher matcher;
  private int position;

  private DotEnv(String text, Consumer<String> twice) {
    this.text = text;
    this.twice = twice;
    this.matcher = BLANK.matcher(text);
  }

  /**
   * The names and values of the file, in order; the last value if a name occurs twice.
   *
   * @param twice is told such a name
   * @throws UsageException for a line that is none of the above; it names the line, never the value
   */
  static Map<String, String> parse(String text, Consumer<String> twice) {
    return new DotEnv(text.replace("\r\n", "\n"), twice).values();
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    skipAll(BLANK);
    while (position < text.length()) {
      if (!skip(NAME)) {
        throw mistake("expected KEY=VALUE");
      }
      String name = matcher.group(1);
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw mistake(
            "expected a name of letters, digits and _, such as HARVEST_PAGE_SIZE for harvest.page-size,"
                + " and then =");
      }
      if (values.put(name, value()) != null) {
        twice.accept(name);
      }
      skipAll(BLANK);
    }
    return values;
  }

  private String value() {
    String value;
    if (skip(SINGLE)) {
      value = matcher.group(1);
    } else if (skip(DOUBLE)) {
      value = unescape(matcher.group(1));
    } else if (skip(OPENED)) {
      throw mistake("a quote is opened and never closed");
    } else {
      skip(BARE);
      return matcher.group().replaceFirst("[ \\t]#.*", "").strip();
    }
    if (!skip(REST)) {
      throw mistake("expected the end of the line after the closing quote");
    }
    return value;
  }

  private static String unescape(String quoted) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escaped = quoted.charAt(++i);
      switch (escaped) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case '"', '\\', '$' -> plain.append(escaped);
        default -> plain.append(c).append(escaped);
      }
    }
    return plain.toString();
  }

  private void skipAll(Pattern pattern) {
    boolean more = true;
    while (more) {
      more = skip(pattern);
    }
  }

  /** Skips what the pattern matches at the current position, if anything. */
  private boolean skip(Pattern pattern) {
    matcher.usePattern(pattern).region(position, text.length());
    boolean found = matcher.lookingAt();
    if (found) {
      position = matcher.end();
    }
    return found;
  }

  private UsageException mistake(String expected) {
    long line = 1 + text.substring(0, position).chars().filter(c -> c == '\n').count();
    return new UsageException(".env: line %d: %s".formatted(line, expected));
  }
}
