package api;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the harvest itself has to say.
 *
 * @param portalTotal the total that the portal named last; empty if it named none
 * @param warnings what a person should know, a sentence each
 */
public record HarvestNotes(OptionalLong portalTotal, List<String> warnings) {}
