package config;

import java.net.URI;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks the {@code s3.*} keys. */
final class StoreSection {
  private static final Predicate<String> BUCKET =
      Pattern.compile("(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
          .asMatchPredicate();

  /** The characters that S3 calls safe, so that no key needs encoding. */
  private static final Predicate<String> PREFIX =
      Pattern.compile("(?!.*(\\.\\.|//))(?!/)[A-Za-z0-9/!_.*'()=-]{1,254}/").asMatchPredicate();

  private static final Predicate<String> REGION =
      Pattern.compile("[A-Za-z0-9-]{1,63}").asMatchPredicate();

  private final Values values;

  StoreSection(Values values) {
    this.values = values;
  }

  StoreSettings read() {
    String prefix = prefix(ConfigKey.PREFIX);
    String manifestPrefix = prefix(ConfigKey.MANIFEST_PREFIX);
    if (prefix.startsWith(manifestPrefix) || manifestPrefix.startsWith(prefix)) {
      throw values.mistake(
          ConfigKey.MANIFEST_PREFIX,
          "and s3.prefix \"%s\" overlap; expected two separate prefixes".formatted(prefix));
    }
    URI endpoint = endpoint();
    return new StoreSettings(
        values.matching(
            ConfigKey.BUCKET,
            BUCKET,
            "is not the name of a bucket; expected 3 to 63 lower-case letters, digits, dots and hyphens"),
        values.bool(ConfigKey.CREATE_BUCKET),
        prefix,
        manifestPrefix,
        endpoint,
        values.matching(ConfigKey.REGION, REGION, "is not the name of a region, such as us-east-1"),
        values.text(ConfigKey.PATH_STYLE).isPresent()
            ? values.bool(ConfigKey.PATH_STYLE)
            : endpoint != null);
  }

  private String prefix(ConfigKey key) {
    return values.matching(
        key,
        PREFIX,
        "is not a prefix such as judgments/; expected ASCII letters, digits and !_.*'()=- in parts that end"
            + " with /, without / at its beginning and without ..");
  }

  private @Nullable URI endpoint() {
    return values
        .text(ConfigKey.ENDPOINT)
        .map(
            text ->
                values
                    .webAddress(
                        ConfigKey.ENDPOINT, text, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
                    .filter(uri -> uri.getRawQuery() == null && !text.contains("#"))
                    .orElseThrow(
                        () ->
                            values.mistake(
                                ConfigKey.ENDPOINT,
                                "is not an http or https address, such as https://minio.example:9000")))
        .orElse(null);
  }
}
