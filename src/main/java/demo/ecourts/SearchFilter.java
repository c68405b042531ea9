package demo.ecourts;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The filter of a listing.
 *
 * @param supremeCourt the Supreme Court instead of the High Courts
 * @param stateCode code of a court, empty for all
 * @param from earliest day of decision
 * @param to latest day of decision
 */
record SearchFilter(boolean supremeCourt, String stateCode, LocalDate from, LocalDate to) {
  /** Every judgment of the High Courts. */
  static final SearchFilter EVERYTHING = new SearchFilter(false, "", LocalDate.MIN, LocalDate.MAX);

  /**
   * Reads the filters of a listing.
   *
   * @throws SubmittedForm.RefusedException for a value that the portal would refuse
   */
  static SearchFilter of(SubmittedForm form) {
    String stateCode = form.matching("state_code", "(\\d+~\\d+)?");
    Optional<LocalDate> from = form.date("from_date");
    Optional<LocalDate> to = form.date("to_date");
    return new SearchFilter(
        form.matching("fcourt_type", "[23]").equals("3"),
        stateCode,
        from.orElse(LocalDate.MIN),
        to.orElse(LocalDate.MAX));
  }

  boolean matches(EcourtsJudgment judgment) {
    return judgment.isSupremeCourt() == supremeCourt
        && (stateCode.isEmpty() || stateCode.equals(judgment.stateCode()))
        && !judgment.decided().isBefore(from)
        && !judgment.decided().isAfter(to);
  }
}
