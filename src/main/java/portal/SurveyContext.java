package portal;

import config.Configuration;
import java.nio.file.Path;

/**
 * What a portal type gets to {@link PortalType#survey survey} its source.
 *
 * @param configuration the checked configuration; its total and pages mean nothing yet
 * @param folder working folder, that relative paths start from
 * @param mayWrite whether an instance is about to run, so that the data folder and the bucket may
 *     be written to; all other commands only read
 */
public record SurveyContext(Configuration configuration, Path folder, boolean mayWrite) {}
