package config;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a portal type has read from its source before an instance is built, where the source rather
 * than the configuration says how much there is.
 *
 * @param totalResults documents in all, at least 1
 * @param pages listing pages, at least 1
 * @param starts the pages at which a script may begin, each with the number of documents before it,
 *     from page 1 on; empty if a script may begin at any page
 * @param identity what else all instances must agree on, by the name under which it is recorded
 * @param folder where it is kept for the dialect
 */
public record Survey(
    long totalResults,
    int pages,
    SortedMap<Integer, Long> starts,
    Map<String, String> identity,
    Path folder) {}
