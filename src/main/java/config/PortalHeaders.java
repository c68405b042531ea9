package config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code portal.headers}: {@code Name: value}, separated by {@code | }. */
final class PortalHeaders {
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e]*)");

  /** Headers that describe the connection or the body, which are the program's business. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "expect",
          "host",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private PortalHeaders() {}

  /**
   * @throws UsageException if one is not a header, or may not be set
   */
  static Map<String, String> read(Values values) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header : values.text(ConfigKey.HEADERS).orElse("").split(" \\| ")) {
      Matcher parts = HEADER.matcher(header.strip());
      if (parts.matches()) {
        if (OURS.contains(parts.group(1).toLowerCase(Locale.ROOT))) {
          throw values.mistake(
              ConfigKey.HEADERS,
              "sets " + parts.group(1) + ", which cannot be changed; leave it out");
        }
        headers.put(parts.group(1), parts.group(2).strip());
      } else if (!header.isBlank()) {
        throw values.mistake(
            ConfigKey.HEADERS, "is not Name: value, several separated by \" | \", in ASCII");
      }
    }
    return headers;
  }
}
