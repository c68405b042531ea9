package audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the portal's list has changed since its pages were read, according to the manifests.
 *
 * @param total the portal's total when a page was last read; null if no manifest names one
 * @param changedPages audited pages that were read with a different total
 * @param pages those pages in order, as ranges such as {@code 1-9} or {@code 12}; only the first
 *     ones if there are many
 * @param listedTwice documents on more than one of the audited pages: the list moved in between, or
 *     names them twice
 */
public record Drift(
    @Nullable Long total,
    @JsonProperty("changed_pages") long changedPages,
    List<String> pages,
    @JsonProperty("listed_twice") long listedTwice) {}
