package config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.Redactor;
import model.web.WebAddress;
import platform.CertificateAuthorities;
import platform.CertificateAuthorities.UnusableException;

/** The settings of all keys, parsed and checked; a wrong value is a {@link UsageException}. */
public final class Values {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h)?");
  private static final Map<String, Long> NANOS =
      Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(B|KiB|MiB|GiB)?");
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private final Map<SettingKey, Setting> settings;

  /**
   * @param settings the values given; all other keys have their built-in defaults
   */
  Values(Map<SettingKey, Setting> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Whether a source has a value for the key, rather than a default. */
  public boolean isSet(SettingKey key) {
    return settings.containsKey(key);
  }

  /** The value of a key; empty if it is not set and has no default. */
  public Optional<String> text(SettingKey key) {
    return Optional.ofNullable(settings.get(key)).map(Setting::value).or(key::fallback);
  }

  /** The value of a key that has a default. */
  public String required(SettingKey key) {
    return text(key).orElseThrow();
  }

  /** The values of a comma-separated list; none if it is not set. */
  public List<String> list(SettingKey key) {
    return text(key).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** An integer within these bounds. */
  public int integer(SettingKey key, int least, int most) {
    return (int) number(key, least, most);
  }

  /** An integer within these bounds. */
  public long number(SettingKey key, long least, long most) {
    String value = required(key);
    BigInteger number =
        value.matches("-?\\d{1,40}") ? new BigInteger(value) : BigInteger.valueOf(least - 1);
    boolean tooLarge = number.compareTo(BigInteger.valueOf(most)) > 0;
    if (!tooLarge && number.compareTo(BigInteger.valueOf(least)) >= 0) {
      return number.longValue();
    }
    // a bound that only the data type sets is mentioned only if it was exceeded
    throw mistake(
        key,
        most >= Integer.MAX_VALUE && !tooLarge
            ? "is not a whole number of %d or more".formatted(least)
            : "is not a whole number from %d to %d".formatted(least, most));
  }

  /**
   * A number of 0 or more, with or without a fraction.
   *
   * @param expected completes the message about anything else: {@code is not a number …}
   */
  public double fraction(SettingKey key, String expected) {
    String value = required(key);
    if (!value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      throw mistake(key, "is not " + expected);
    }
    return Double.parseDouble(value);
  }

  /** {@code true} or {@code false}. */
  public boolean bool(SettingKey key) {
    return oneOf(key, "true", "false").equals("true");
  }

  /** One of these words. */
  public String oneOf(SettingKey key, String... words) {
    return matching(key, List.of(words)::contains, "is not one of " + String.join(", ", words));
  }

  /** A duration within these bounds, such as {@code 250ms}; a plain number is seconds. */
  public Duration duration(SettingKey key, Duration least, Duration most) {
    Matcher matcher = DURATION.matcher(required(key));
    if (matcher.matches()) {
      String unit = matcher.group(2) == null ? "s" : matcher.group(2);
      BigDecimal nanos =
          new BigDecimal(matcher.group(1))
              .multiply(BigDecimal.valueOf(Objects.requireNonNull(NANOS.get(unit))));
      if (nanos.compareTo(BigDecimal.valueOf(most.toNanos())) <= 0
          && nanos.compareTo(BigDecimal.valueOf(least.toNanos())) >= 0) {
        return Duration.ofNanos(nanos.longValue());
      }
    }
    throw mistake(
        key,
        "is not a duration from %s to %s, such as 250ms, 10s, 5m or 2h; a plain number is seconds"
            .formatted(words(least), words(most)));
  }

  private static String words(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** A number of bytes from 1 to {@code most}, such as {@code 64KiB}; a plain number is bytes. */
  public long size(SettingKey key, long most) {
    return bytes(required(key))
        .filter(size -> size >= 1 && size <= most)
        .orElseThrow(
            () ->
                mistake(
                    key,
                    "is not a size from 1B to %dGiB, such as 64KiB, 200MiB or 1GiB; a plain number is bytes"
                        .formatted(most >> 30)));
  }

  /** Reads a size, such as {@code 64KiB}; empty if the text is not one. */
  public static Optional<Long> bytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    long unit = matcher.group(2) == null ? 1 : Objects.requireNonNull(BYTES.get(matcher.group(2)));
    return number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
  }

  /** A text that passes the test. */
  public String matching(SettingKey key, Predicate<String> test, String wrong) {
    String value = required(key);
    if (!test.test(value)) {
      throw mistake(key, wrong);
    }
    return value;
  }

  /** Parses an absolute http or https address; empty if the text is not one. */
  public static Optional<URI> httpAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return http && uri.getHost() != null && uri.getPort() <= 65535
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  /**
   * Reads the address of a server outside this program as browsers do; empty if the text is not
   * one.
   *
   * @param key the key that holds the address
   * @param credentials the key that user and password belong to
   * @throws UsageException if the address holds a user or password, which would not be sent
   */
  public Optional<URI> webAddress(SettingKey key, String text, String credentials) {
    Optional<WebAddress> address = WebAddress.read(text);
    if (address.filter(WebAddress::namesUser).isPresent()) {
      throw mistake(key, "holds a user or password, which is not sent; use " + credentials);
    }
    return address.map(WebAddress::uri);
  }

  /**
   * Reads the certificates of the PEM file that a key names; empty if it is not set.
   *
   * @param folder that a relative path starts from
   * @throws UsageException if the file cannot be used
   */
  public Optional<CertificateAuthorities> authorities(SettingKey key, Path folder) {
    Optional<String> name = text(key);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CertificateAuthorities.read(folder.resolve(name.get())));
    } catch (UnusableException e) {
      throw mistake(key, String.valueOf(e.getMessage()));
    } catch (InvalidPathException e) {
      throw mistake(key, "is not a path");
    }
  }

  /**
   * Creates the exception for a wrong value of this key.
   *
   * @param wrong what is wrong with it and what is expected: {@code is not …}
   */
  public UsageException mistake(SettingKey key, String wrong) {
    Setting setting = settings.get(key);
    String source =
        setting == null || setting.source() == null ? "the default" : "from " + setting.source();
    String shown = key.isSecret() ? "" : ": \"" + Redactor.redact(text(key).orElse("")) + "\"";
    return new UsageException("%s%s (%s) %s".formatted(key.key(), shown, source, wrong));
  }
}
