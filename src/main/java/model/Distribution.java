package model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which script walks which listing pages, and which instance runs which scripts. Every page belongs
 * to exactly one script, and every script to exactly one instance.
 *
 * <pre>{@code
 * Distribution work = Distribution.of(4, 66, 16_886_658, 100);
 * work.script(66).flatMap(Script::pages); // 166336-168867
 * }</pre>
 */
public final class Distribution {

  /**
   * Consecutive scripts, both ends included: the share of one instance.
   *
   * @param first from 1
   * @param last not before the first
   */
  public record ScriptRange(int first, int last) {
    public ScriptRange {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("no range of scripts: " + first + "-" + last);
      }
    }
  }

  private final int instances;
  private final long totalResults;
  private final int pageSize;
  private final int pages;
  private final int pagesPerScript;
  private final List<Script> scripts;

  private Distribution(
      int instances, int scripts, long totalResults, int pageSize, int pages, int[] owners) {
    this.instances = instances;
    this.totalResults = Math.min(totalResults, (long) pages * pageSize);
    this.pageSize = pageSize;
    this.pages = pages;
    this.pagesPerScript = ceilDiv(pages, scripts);
    this.scripts =
        IntStream.rangeClosed(1, scripts)
            .mapToObj(id -> new Script(id, owners[id], rangeOf(id)))
            .toList();
  }

  /**
   * Derives everything: {@link #pagesFor pages} from the results, {@link #evenly shares} from the
   * scripts.
   */
  public static Distribution of(int instances, int scripts, long totalResults, int pageSize) {
    return of(
        instances,
        scripts,
        totalResults,
        pageSize,
        pagesFor(totalResults, pageSize),
        evenly(scripts, instances));
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
   * @param assignment the scripts of instance 1, 2 …; instances after its end have none
   * @throws IllegalArgumentException if a number is too small, or a script is missing from the
   *     assignment or occurs twice; the message is meant for the user
   */
  public static Distribution of(
      int instances,
      int scripts,
      long totalResults,
      int pageSize,
      int pages,
      List<ScriptRange> assignment) {
    if (instances < 1 || scripts < 1 || totalResults < 1 || pageSize < 1 || pages < 1) {
      throw new IllegalArgumentException("every number of a distribution is 1 or more");
    }
    return new Distribution(
        instances, scripts, totalResults, pageSize, pages, owners(instances, scripts, assignment));
  }

  /**
   * The number of pages for this many results: ceil(totalResults / pageSize).
   *
   * @throws ArithmeticException when there are more than {@link Integer#MAX_VALUE}
   */
  public static int pagesFor(long totalResults, int pageSize) {
    return Math.toIntExact(pagesOf(totalResults, pageSize));
  }

  /** The same of any total, as a portal may name it; 0 for none. */
  public static long pagesOf(long totalResults, int pageSize) {
    return totalResults / pageSize + (totalResults % pageSize == 0 ? 0 : 1);
  }

  /**
   * Divides the scripts among the instances: each gets ceil(scripts / instances), and the last one
   * takes the rest. Instances without scripts are not in the list.
   */
  public static List<ScriptRange> evenly(int scripts, int instances) {
    int share = ceilDiv(scripts, instances);
    List<ScriptRange> ranges = new ArrayList<>();
    for (long first = 1; first <= scripts; first += share) {
      ranges.add(new ScriptRange((int) first, (int) Math.min(first + share - 1, scripts)));
    }
    return ranges;
  }

  private static int[] owners(int instances, int scripts, List<ScriptRange> assignment) {
    if (assignment.size() > instances) {
      throw new IllegalArgumentException(
          "has %d entries for %d instances".formatted(assignment.size(), instances));
    }
    int[] owners = new int[scripts + 1];
    for (int instance = 1; instance <= assignment.size(); instance++) {
      ScriptRange share = assignment.get(instance - 1);
      if (share.last() > scripts) {
        throw new IllegalArgumentException(
            "names script %d of %d scripts".formatted(share.last(), scripts));
      }
      for (int id = share.first(); id <= share.last(); id++) {
        if (owners[id] != 0) {
          throw new IllegalArgumentException("names script %d twice".formatted(id));
        }
        owners[id] = instance;
      }
    }
    for (int id = 1; id <= scripts; id++) {
      if (owners[id] == 0) {
        throw new IllegalArgumentException("leaves out script %d".formatted(id));
      }
    }
    return owners;
  }

  private static int ceilDiv(int whole, int parts) {
    return (whole - 1) / parts + 1;
  }

  private @Nullable PageRange rangeOf(int script) {
    long first = (script - 1L) * pagesPerScript + 1;
    return first > pages
        ? null
        : new PageRange((int) first, (int) Math.min(first + pagesPerScript - 1, pages));
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

  /** The number of pages of each script, except the last one and those without pages. */
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
   * The script that walks this page. A page after the last one belongs to the last script that has
   * pages, because that one follows a growing portal.
   *
   * @param page from 1
   */
  public Script scriptOfPage(int page) {
    if (page < 1) {
      throw new IllegalArgumentException("no page: " + page);
    }
    return scripts.get((Math.min(page, pages) - 1) / pagesPerScript);
  }

  /** The scripts of one instance, by number; none for an instance that does not exist. */
  public List<Script> scriptsOf(int instanceId) {
    return scripts.stream().filter(script -> script.instanceId() == instanceId).toList();
  }

  /** The pages of one instance; empty if none of its scripts has pages. */
  public Optional<PageRange> pagesOf(int instanceId) {
    return scriptsOf(instanceId).stream()
        .flatMap(script -> script.pages().stream())
        .reduce((before, after) -> new PageRange(before.first(), after.last()));
  }

  /**
   * The number of results on these pages. The last page may be partly filled; pages after the last
   * result have none.
   */
  public long results(PageRange range) {
    return resultsUpTo(range.last()) - resultsUpTo(range.first() - 1);
  }

  private long resultsUpTo(int page) {
    return Math.min((long) page * pageSize, totalResults);
  }
}
