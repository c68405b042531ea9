package portal;

import config.Configuration;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a portal type gets to {@link PortalType#survey survey} its source.
 *
 * @param configuration the checked configuration; its total and pages mean nothing yet
 * @param folder working folder, that relative paths start from
 * @param doors opens connections for what is read over HTTP
 * @param mayWrite whether an instance is about to run, so that the data folder and the bucket may
 *     be written to; all other commands only read
 * @param notes receives lines for the user, while the start goes on
 */
public record SurveyContext(
    Configuration configuration,
    Path folder,
    PortalAccess.Opener doors,
    boolean mayWrite,
    Consumer<String> notes) {}
