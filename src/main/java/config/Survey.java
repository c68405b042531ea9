package config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

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
 * @param partitions what it consists of; empty for a source that has no partitions
 * @param attribution the attribution that its licence demands; null if none is needed
 */
public record Survey(
    long totalResults,
    int pages,
    SortedMap<Integer, Long> starts,
    Map<String, String> identity,
    Path folder,
    List<Partition> partitions,
    @Nullable String attribution) {

  /**
   * A partition of the source.
   *
   * @param court as the source spells it, such as {@code 27_1}
   * @param parts how many tars it has
   * @param files distinct names of documents
   * @param bytes of its tars
   * @param pages how many pages it has
   * @param startPage its first page
   * @param requests about how many requests it takes to read it
   */
  public record Partition(
      int year,
      String court,
      String bench,
      int parts,
      long files,
      long bytes,
      int pages,
      int startPage,
      long requests) {}

  /** A source without partitions. */
  public Survey(
      long totalResults,
      int pages,
      SortedMap<Integer, Long> starts,
      Map<String, String> identity,
      Path folder) {
    this(totalResults, pages, starts, identity, folder, List.of(), null);
  }
}
