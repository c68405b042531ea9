package portal.ecourts;

import config.UsageException;
import config.Values;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The {@code portal.ecourts.*} keys, checked.
 *
 * @param languages codes of further language versions to harvest besides the first, such as {@code
 *     PUN}; only {@code all} for every one; empty for none
 * @param stateCode the court whose judgments are listed, such as {@code 27~1}; empty for all
 * @param from first decision date that is listed
 * @param to last decision date that is listed
 * @param fcourtType 2 for the High Courts, 3 for the Supreme Court
 */
record EcourtsSettings(
    List<String> languages,
    Optional<String> stateCode,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    String fcourtType) {
  private static final Predicate<String> LANGUAGES =
      Pattern.compile("all|[A-Z]{2,8}(\\s*,\\s*[A-Z]{2,8})*").asMatchPredicate();
  private static final Predicate<String> STATE_CODE =
      Pattern.compile("\\d{1,4}~\\d{1,4}").asMatchPredicate();

  /** The first language version of every judgment of the High Courts. */
  static final EcourtsSettings EVERYTHING =
      new EcourtsSettings(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), "2");

  /**
   * @throws UsageException for the first wrong value
   */
  static EcourtsSettings read(Values values) {
    Optional<LocalDate> from = date(values, EcourtsKey.FROM_DATE);
    Optional<LocalDate> to = date(values, EcourtsKey.TO_DATE);
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw values.mistake(
          EcourtsKey.TO_DATE, "is before portal.ecourts.from-date; expected a later date");
    }
    return new EcourtsSettings(
        languages(values),
        stateCode(values),
        from,
        to,
        values.oneOf(EcourtsKey.FCOURT_TYPE, "2", "3"));
  }

  private static List<String> languages(Values values) {
    if (values.text(EcourtsKey.LANGUAGES).isPresent()) {
      values.matching(EcourtsKey.LANGUAGES, LANGUAGES, "is neither a list such as PUN,HIN nor all");
    }
    return values.list(EcourtsKey.LANGUAGES);
  }

  private static Optional<String> stateCode(Values values) {
    return values
        .text(EcourtsKey.STATE_CODE)
        .map(
            given ->
                values.matching(
                    EcourtsKey.STATE_CODE, STATE_CODE, "is not the code of a court, such as 27~1"));
  }

  private static Optional<LocalDate> date(Values values, EcourtsKey key) {
    return values
        .text(key)
        .map(
            text -> {
              try {
                return LocalDate.parse(text);
              } catch (DateTimeParseException noDate) {
                throw values.mistake(key, "is not a date, such as 2024-12-31");
              }
            });
  }

  /** Whether the version in this language is harvested. */
  boolean wants(String language) {
    return languages.contains("all") || languages.contains(language);
  }
}
