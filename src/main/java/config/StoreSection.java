package config;

import java.net.URI;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads and checks the {@code s3.*} keys. */
final class StoreSection {
  private static final Predicate<String> BUCKET =
      Pattern.compile("(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
          .asMatchPredicate();

  /** What S3 calls safe characters, so that no key needs an encoding on its way. */
  private static final Predicate<String> PREFIX =
      Pattern.compile("(?!.*(\\.\\.|//))(?!/)[A-Za-z0-9/!_.*'()=-]{1,254}/").asMatchPredicate();

  private static final Predicate<String> REGION =
      Pattern.compile("[A-Za-z0-9-]{1,63}").asMatchPredicate();

  private final Values values;

  StoreSection(Values values) {
    this.values = values;
  }

  StoreSettings read() {
    String prefix = prefix(Key.PREFIX);
    String manifestPrefix = prefix(Key.MANIFEST_PREFIX);
    if (prefix.startsWith(manifestPrefix) || manifestPrefix.startsWith(prefix)) {
      throw values.mistake(
          Key.MANIFEST_PREFIX,
          "and s3.prefix \"%s\" lie within each other; expected two separate places"
              .formatted(prefix));
    }
    URI endpoint = endpoint();
    return new StoreSettings(
        values.matching(
            Key.BUCKET,
            BUCKET,
            "is not the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens"),
        values.bool(Key.CREATE_BUCKET),
        prefix,
        manifestPrefix,
        endpoint,
        values.matching(Key.REGION, REGION, "is not the name of a region, as us-east-1"),
        values.text(Key.PATH_STYLE).isPresent() ? values.bool(Key.PATH_STYLE) : endpoint != null);
  }

  private String prefix(Key key) {
    return values.matching(
        key,
        PREFIX,
        "is not a prefix such as judgments/: ASCII letters, digits and !_.*'()=- in parts that end"
            + " with /, without / at its beginning and without ..");
  }

  private URI endpoint() {
    return values
        .text(Key.ENDPOINT)
        .map(
            text ->
                Values.httpAddress(text)
                    .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                    .orElseThrow(
                        () ->
                            values.mistake(
                                Key.ENDPOINT,
                                "is not an http or https address, as https://minio.example:9000")))
        .orElse(null);
  }
}
