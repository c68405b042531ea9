package portal;

import config.PortalChecks;
import config.Survey;
import config.Values;
import java.time.InstantSource;
import java.util.Optional;
import model.Ticker;

/**
 * One type of portal: its name in {@code portal.type}, its keys with their checks, and its dialect.
 * Each type is one line in the list of types, and nothing else refers to it.
 */
public interface PortalType extends PortalChecks {
  /**
   * Reads total and pages from the source before an instance is built, for types whose source knows
   * them. Whatever is needed to continue while the source is down is kept in the data folder.
   *
   * @return empty if total and pages are those of {@code harvest.total-results} and {@code
   *     harvest.pages}
   * @throws SourceAwayException if the source does not answer now
   * @throws config.UsageException if the source cannot be used
   * @throws java.io.UncheckedIOException if the data folder cannot be used
   */
  default Optional<Survey> survey(SurveyContext context) {
    return Optional.empty();
  }

  /**
   * Creates the dialect, which all scripts share.
   *
   * @param values the checked configuration
   * @param scope what is harvested
   * @param ticker measures the time between two requests
   * @param clock the time of day, for the expiry of cookies
   */
  Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock);

  /**
   * Creates the dialect, which all scripts share, for a type that needs more than requests.
   *
   * @param place the instance's folders and store
   */
  default Dialect create(
      Values values, PortalScope scope, Ticker ticker, InstantSource clock, Workplace place) {
    return create(values, scope, ticker, clock);
  }
}
