package model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which script processes which listing pages, and which instance runs which scripts. Every page
 * belongs to exactly one script, and every script to exactly one instance.
 *
 * <pre>{@code
 * Distribution work = Distribution.of(4, 66, 16_886_658, 100);
 * work.script(66).flatMap(Script::pages); // 166336-168867
 * }</pre>
 */
public final class Distribution {
  private final int instances;
  private final long totalResults;
  private final int pageSize;
  private final int pages;
  private final int pagesPerScript;

  private final ListParts parts;
  private final List<Script> scripts;
  private final Map<Integer, List<Script>> byInstance;
  private final NavigableMap<Integer, Script> byFirstPage = new TreeMap<>();

  /**
   * @param starts of the parts, where scripts must begin; empty if they may begin anywhere
   */
  private Distribution(
      int instances,
      long totalResults,
      int pageSize,
      int pages,
      int[] owners,
      SortedMap<Integer, Long> starts) {
    this.instances = instances;
    this.totalResults = Math.min(totalResults, (long) pages * pageSize);
    this.pageSize = pageSize;
    this.pages = pages;
    this.pagesPerScript = ceilDiv(pages, owners.length - 1);
    this.parts = new ListParts(starts, pageSize, this.totalResults);
    this.scripts =
        IntStream.range(1, owners.length)
            .mapToObj(id -> new Script(id, owners[id], rangeOf(id, starts.isEmpty())))
            .toList();
    this.byInstance =
        scripts.stream()
            .collect(Collectors.groupingBy(Script::instanceId, Collectors.toUnmodifiableList()));
    scripts.forEach(
        script -> script.pages().ifPresent(range -> byFirstPage.put(range.first(), script)));
  }

  /**
   * Derives everything: {@link #pagesFor pages} from the results, {@link Assignment#evenly shares}
   * from the scripts.
   */
  public static Distribution of(int instances, int scripts, long totalResults, int pageSize) {
    return of(
        instances,
        scripts,
        totalResults,
        pageSize,
        pagesFor(totalResults, pageSize),
        Assignment.evenly(scripts, instances));
  }

  /**
   * Divides the pages among the scripts: each gets ceil(pages / scripts), and the last one takes
   * the rest. If there are more scripts than pages, the later ones get none.
   *
   * @param instances at least 1
   * @param scripts at least 1
   * @param totalResults number of documents the portal lists, at least 1
   * @param pageSize results on a full page, at least 1
   * @param pages listing pages, at least 1, as {@link #pagesFor} derives them or as given
   * @param assignment of the scripts to the instances
   * @throws IllegalArgumentException if a number is too small, or a script is missing from the
   *     assignment or occurs twice; the message is meant for the user
   */
  public static Distribution of(
      int instances,
      int scripts,
      long totalResults,
      int pageSize,
      int pages,
      Assignment assignment) {
    if (instances < 1 || scripts < 1 || totalResults < 1 || pageSize < 1 || pages < 1) {
      throw new IllegalArgumentException("every number of a distribution is 1 or more");
    }
    return new Distribution(
        instances,
        totalResults,
        pageSize,
        pages,
        assignment.owners(instances, scripts),
        Collections.emptySortedMap());
  }

  /**
   * A copy for a list that consists of parts, each with its own pages: each script begins at the
   * first part that starts within its share or after it, so the shares are only roughly equal.
   *
   * @param starts the number of results before each part, by its first page, from page 1 on; empty
   *     for an undivided list
   */
  public Distribution beginningAt(SortedMap<Integer, Long> starts) {
    if (!starts.isEmpty() && (starts.firstKey() != 1 || starts.lastKey() > pages)) {
      throw new IllegalArgumentException(
          "parts from page %d to %d of %d".formatted(starts.firstKey(), starts.lastKey(), pages));
    }
    int[] owners = new int[scripts.size() + 1];
    scripts.forEach(script -> owners[script.id()] = script.instanceId());
    return new Distribution(instances, totalResults, pageSize, pages, owners, starts);
  }

  /**
   * The number of pages for this many results: ceil(totalResults / pageSize).
   *
   * @throws ArithmeticException when there are more than {@link Integer#MAX_VALUE}
   */
  public static int pagesFor(long totalResults, int pageSize) {
    return Math.toIntExact(pagesOf(totalResults, pageSize));
  }

  /** The same for any total that a portal may name; 0 for none. */
  public static long pagesOf(long totalResults, int pageSize) {
    return totalResults / pageSize + (totalResults % pageSize == 0 ? 0 : 1);
  }

  private static int ceilDiv(int whole, int parts) {
    return (whole - 1) / parts + 1;
  }

  private @Nullable PageRange rangeOf(int script, boolean anywhere) {
    int first = firstPage(script, anywhere);
    int last = firstPage(script + 1, anywhere) - 1;
    return last < first ? null : new PageRange(first, last);
  }

  /** Where a script begins; after the last page for one without pages. */
  private int firstPage(int script, boolean anywhere) {
    long share = (script - 1L) * pagesPerScript + 1;
    if (share > pages) {
      return pages + 1;
    }
    return anywhere ? (int) share : parts.beginningAt((int) share).orElse(pages + 1);
  }

  /** How many instances share the work. */
  public int instances() {
    return instances;
  }

  /**
   * The number of results to harvest: all that the portal lists, but no more than the pages can
   * hold, because the configured number of pages may be smaller than the derived one.
   */
  public long totalResults() {
    return totalResults;
  }

  /** Results on a full page. */
  public int pageSize() {
    return pageSize;
  }

  /** How many listing pages there are. */
  public int pages() {
    return pages;
  }

  /**
   * The number of pages of each script, except the last one and those without pages; about that
   * number in a list of parts.
   */
  public int pagesPerScript() {
    return pagesPerScript;
  }

  /** All scripts of all instances, by number. */
  public List<Script> scripts() {
    return scripts;
  }

  /** The script with this number; empty when there is none. */
  public Optional<Script> script(int id) {
    return id < 1 || id > scripts.size() ? Optional.empty() : Optional.of(scripts.get(id - 1));
  }

  /**
   * The script that processes this page. A page after the last one belongs to the last script that
   * has pages, because that one follows a growing portal.
   *
   * @param page from 1
   */
  public Script scriptOfPage(int page) {
    if (page < 1) {
      throw new IllegalArgumentException("no page: " + page);
    }
    return byFirstPage.floorEntry(Math.min(page, pages)).getValue();
  }

  /** The scripts of one instance, by number; none for an instance that does not exist. */
  public List<Script> scriptsOf(int instanceId) {
    return byInstance.getOrDefault(instanceId, List.of());
  }

  /** The pages of one instance; empty if none of its scripts has pages. */
  public Optional<PageRange> pagesOf(int instanceId) {
    return scriptsOf(instanceId).stream()
        .flatMap(script -> script.pages().stream())
        .reduce((before, after) -> new PageRange(before.first(), after.last()));
  }

  /**
   * The number of results on these pages. The last page of each part may be partly filled; pages
   * after the last result have none.
   */
  public long results(PageRange range) {
    return parts.resultsUpTo(range.last()) - parts.resultsUpTo(range.first() - 1);
  }
}
