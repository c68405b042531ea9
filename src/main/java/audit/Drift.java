package audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How far the portal's list has changed since its pages were read, as far as the manifests tell.
 *
 * @param total documents that the portal listed in all when a page was last read; null when no
 *     manifest names it
 * @param changedPages audited pages that were read when the portal listed another number
 * @param pages those pages in their order, each range as {@code 1-9} or {@code 12}; the first of
 *     them when there are many
 * @param listedTwice documents that stand on more than one of the audited pages: the list moved
 *     between them, or names them twice
 */
public record Drift(
    Long total,
    @JsonProperty("changed_pages") long changedPages,
    List<String> pages,
    @JsonProperty("listed_twice") long listedTwice) {}
