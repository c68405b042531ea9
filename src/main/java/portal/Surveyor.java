package portal;

import config.Configuration;
import config.UsageException;
import java.nio.file.Path;
import java.util.List;
import store.StoreException;
import store.StoreException.Kind;

/**
 * Completes a configuration by what the source of its portal type says of total and pages. It is
 * the only way to the configuration of a harvest.
 *
 * @param types the possible values of {@code portal.type}
 * @param folder working folder
 */
public record Surveyor(List<? extends PortalType> types, Path folder) {
  private static final int SERVER_ERROR = 500;

  /**
   * @param configuration its type must be one of these
   * @param mayWrite whether an instance is about to run
   * @throws SourceAwayException if source or store does not answer now
   * @throws UsageException if the source cannot be used
   */
  public Configuration survey(Configuration configuration, boolean mayWrite) {
    PortalType type =
        types.stream()
            .filter(each -> each.name().equals(configuration.portal().type()))
            .findFirst()
            .orElseThrow();
    try {
      return type.survey(new SurveyContext(configuration, folder, mayWrite))
          .map(configuration::surveyed)
          .orElse(configuration);
    } catch (StoreException e) {
      String words = String.valueOf(e.getMessage());
      throw e.kind() == Kind.AWAY || e.status() >= SERVER_ERROR
          ? new SourceAwayException(words, e)
          : new UsageException(words, e);
    }
  }
}
