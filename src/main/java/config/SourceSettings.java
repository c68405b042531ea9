package config;

import java.net.URI;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code source.*} keys, checked.
 *
 * @param bucket the bucket with the open data
 * @param region its region
 * @param endpoint address of an S3-compatible store; null for AWS
 * @param pathStyle whether the bucket is part of the path rather than the host name
 * @param anonymous whether requests carry no signature
 * @param credentials for signatures; empty for those of the AWS default chain
 * @param courts as the bucket spells them, such as {@code 27_1}; empty for all
 * @param benches empty for all
 * @param years empty for all
 * @param readsObjects whether every PDF is read by itself instead of out of its tar
 */
public record SourceSettings(
    String bucket,
    String region,
    @Nullable URI endpoint,
    boolean pathStyle,
    boolean anonymous,
    Optional<SourceCredentials> credentials,
    List<String> courts,
    List<String> benches,
    List<Years> years,
    boolean readsObjects) {
  private static final Predicate<String> COURT =
      Pattern.compile("\\d{1,4}[~_]\\d{1,4}").asMatchPredicate();
  private static final Predicate<String> BENCH =
      Pattern.compile("[A-Za-z0-9._-]{1,100}").asMatchPredicate();
  private static final Pattern YEARS = Pattern.compile("(\\d{4})(?:\\s*-\\s*(\\d{4}))?");

  /**
   * Keys of an account.
   *
   * @param sessionToken null for lasting keys
   */
  public record SourceCredentials(
      String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "SourceCredentials[]";
    }
  }

  /** Years from the first to the last, both included. */
  public record Years(int first, int last) {
    boolean contains(int year) {
      return first <= year && year <= last;
    }

    private String text() {
      return first == last ? "" + first : first + "-" + last;
    }
  }

  /**
   * The notation of a selection for all that select the same: sorted, and without repetitions.
   *
   * @param words as they were given, possibly by an older version; any of them may be wrong
   */
  static String normal(SourceKey key, Stream<String> words) {
    Stream<String> given = words.filter(word -> !word.isEmpty());
    return switch (key) {
      case YEARS -> years(given.toList());
      case COURTS -> sorted(given.map(SourceSettings::court));
      default -> sorted(given);
    };
  }

  private static String sorted(Stream<String> words) {
    return words.distinct().sorted().collect(Collectors.joining(","));
  }

  private static String court(String word) {
    return word.replace('~', '_');
  }

  /** Neighbouring years become one range. */
  private static String years(List<String> words) {
    BitSet chosen = new BitSet();
    for (String word : words) {
      Optional<Years> years = years(word);
      if (years.isEmpty()) {
        return String.join(",", words);
      }
      chosen.set(years.get().first(), years.get().last() + 1);
    }
    List<String> ranges = new ArrayList<>();
    for (int first = chosen.nextSetBit(0); first >= 0; ) {
      int end = chosen.nextClearBit(first);
      ranges.add(new Years(first, end - 1).text());
      first = chosen.nextSetBit(end);
    }
    return String.join(",", ranges);
  }

  /**
   * @throws UsageException for the first wrong value
   */
  public static SourceSettings read(Values values) {
    URI endpoint =
        StoreSection.endpoint(
            values,
            SourceKey.ENDPOINT,
            "SOURCE_AWS_ACCESS_KEY_ID and SOURCE_AWS_SECRET_ACCESS_KEY");
    boolean anonymous = values.bool(SourceKey.ANONYMOUS);
    return new SourceSettings(
        StoreSection.bucket(values, SourceKey.BUCKET),
        StoreSection.region(values, SourceKey.REGION),
        endpoint,
        values.text(SourceKey.PATH_STYLE).isPresent()
            ? values.bool(SourceKey.PATH_STYLE)
            : endpoint != null,
        anonymous,
        anonymous ? Optional.empty() : credentials(values),
        courts(values),
        words(values, SourceKey.BENCHES, BENCH, "benches, such as newas,newos"),
        years(values),
        values.oneOf(SourceKey.READ, "tar", "object").equals("object"));
  }

  /** Two halves of one credential are never taken from two sources. */
  private static Optional<SourceCredentials> credentials(Values values) {
    Optional<String> id = values.text(SourceKey.ACCESS_KEY_ID);
    Optional<String> secret = values.text(SourceKey.SECRET_ACCESS_KEY);
    if (id.isPresent() != secret.isPresent()) {
      throw new UsageException(
          "SOURCE_AWS_ACCESS_KEY_ID and SOURCE_AWS_SECRET_ACCESS_KEY: only one of them is set;"
              + " expected both, or neither for the AWS default chain");
    }
    return id.map(
        key ->
            new SourceCredentials(
                key, secret.orElseThrow(), values.text(SourceKey.SESSION_TOKEN).orElse(null)));
  }

  private static List<String> courts(Values values) {
    return words(values, SourceKey.COURTS, COURT, "codes of courts, such as 27~1,9~13").stream()
        .map(SourceSettings::court)
        .distinct()
        .toList();
  }

  private static List<String> words(
      Values values, SourceKey key, Predicate<String> test, String expected) {
    List<String> words = values.list(key);
    for (String word : words) {
      if (!test.test(word)) {
        throw values.mistake(key, "holds \"%s\"; expected %s".formatted(word, expected));
      }
    }
    return words.stream().distinct().toList();
  }

  private static List<Years> years(Values values) {
    return values.list(SourceKey.YEARS).stream()
        .map(
            word ->
                years(word)
                    .orElseThrow(
                        () ->
                            values.mistake(
                                SourceKey.YEARS,
                                "holds \"%s\"; expected years, such as 2019-2023,2026"
                                    .formatted(word))))
        .toList();
  }

  private static Optional<Years> years(String word) {
    Matcher years = YEARS.matcher(word);
    if (!years.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(years.group(1));
    int last = years.group(2) == null ? first : Integer.parseInt(years.group(2));
    return first <= last ? Optional.of(new Years(first, last)) : Optional.empty();
  }

  /** Whether the court, as the bucket spells it, is wanted. */
  public boolean wantsCourt(String court) {
    return courts.isEmpty() || courts.contains(court);
  }

  /** Whether the bench is wanted. */
  public boolean wantsBench(String bench) {
    return benches.isEmpty() || benches.contains(bench);
  }

  /** Whether the year is wanted. */
  public boolean wantsYear(int year) {
    return years.isEmpty() || years.stream().anyMatch(each -> each.contains(year));
  }
}
