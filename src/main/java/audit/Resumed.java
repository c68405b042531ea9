package audit;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a comparison of hashes that was interrupted had done before.
 *
 * @param hashesChecked objects that were compared then, and not written since
 * @param since when it began, as ISO 8601 has it
 */
public record Resumed(@JsonProperty("hashes_checked") long hashesChecked, String since) {}
