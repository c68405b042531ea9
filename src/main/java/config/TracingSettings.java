package config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code otel.*} keys, whose names in the environment are those of OpenTelemetry's SDKs.
 *
 * @param endpoint where a collector accepts spans: OTLP over HTTP
 * @param headers sent with each request, such as a key of the collector
 * @param service the name that the spans have there
 */
public record TracingSettings(URI endpoint, Map<String, String> headers, String service) {
  private static final String PATH = "/v1/traces";
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\\x21-\\x7e]*)");

  private static final Set<String> OURS =
      Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

  /**
   * Reads the keys; empty if no collector is configured.
   *
   * @throws UsageException if a value is wrong
   */
  static Optional<TracingSettings> read(Values values) {
    Map<String, String> headers = headers(values);
    return values
        .text(ConfigKey.OTEL_ENDPOINT)
        .map(
            text ->
                new TracingSettings(
                    endpoint(values, text), headers, values.required(ConfigKey.OTEL_SERVICE)));
  }

  private static URI endpoint(Values values, String text) {
    URI base =
        values
            .webAddress(ConfigKey.OTEL_ENDPOINT, text, ConfigKey.OTEL_HEADERS.key())
            .filter(uri -> uri.getRawQuery() == null && !text.contains("#"))
            .orElseThrow(
                () ->
                    values.mistake(
                        ConfigKey.OTEL_ENDPOINT,
                        "is not an http or https address, such as http://127.0.0.1:4318"));
    return URI.create(base.toString().replaceFirst("/+$", "") + PATH);
  }

  private static Map<String, String> headers(Values values) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header : values.list(ConfigKey.OTEL_HEADERS)) {
      Matcher parts = HEADER.matcher(header);
      if (!parts.matches() || OURS.contains(parts.group(1).toLowerCase(Locale.ROOT))) {
        throw values.mistake(
            ConfigKey.OTEL_HEADERS,
            "is not name=value, several separated by commas, of headers that may be set");
      }
      headers.put(parts.group(1), decoded(values, parts.group(2)));
    }
    return headers;
  }

  private static String decoded(Values values, String value) {
    try {
      String text = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw values.mistake(ConfigKey.OTEL_HEADERS, "has a value that is not percent-encoded ASCII");
  }
}
