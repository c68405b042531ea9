package portal;

import config.Configuration;
import config.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import store.StoreException;
import store.StoreException.Kind;

/**
 * Completes a configuration with the total and pages that the source of its portal type names.
 * Every configuration of a harvest goes through it.
 *
 * @param types the possible values of {@code portal.type}
 * @param folder working folder
 * @param doors opens connections for what is read over HTTP
 */
public record Surveyor(List<? extends PortalType> types, Path folder, PortalAccess.Opener doors) {
  private static final int SERVER_ERROR = 500;

  /**
   * For a command that writes nothing.
   *
   * @param configuration its type must be one of these
   * @param notes what the user should know, a line each
   * @throws SourceAwayException if source or store does not answer now
   * @throws UsageException if the source cannot be used
   */
  public Configuration toRead(Configuration configuration, Consumer<String> notes) {
    return survey(configuration, false, notes);
  }

  /**
   * For an instance that is about to run.
   *
   * @param configuration its type must be one of these
   * @param notes what the user should know, a line each
   * @throws SourceAwayException if source or store does not answer now
   * @throws UsageException if the source cannot be used
   */
  public Configuration toRun(Configuration configuration, Consumer<String> notes) {
    return survey(configuration, true, notes);
  }

  private Configuration survey(
      Configuration configuration, boolean mayWrite, Consumer<String> notes) {
    PortalType type =
        types.stream()
            .filter(each -> each.name().equals(configuration.portal().type()))
            .findFirst()
            .orElseThrow();
    try {
      return type.survey(new SurveyContext(configuration, folder, doors, mayWrite, notes))
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
