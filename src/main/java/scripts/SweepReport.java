package scripts;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import ledger.Walk;
import model.PageRange;

/**
 * The report of a script that has read all its pages.
 *
 * @param pages its pages
 * @param sweep whether it was a sweep
 * @param walk the result of the walk
 */
record SweepReport(PageRange pages, boolean sweep, Walk walk) {

  /**
   * What the result means for the harvest, as a log line. A harvest ends with a sweep that finds
   * nothing new. Empty for a first walk without a reason to sweep.
   */
  Optional<String> words() {
    if (sweep) {
      return Optional.of(walk.found() > 0 ? found() : foundNothing());
    }
    return walk.sawAnotherTotal()
        ? Optional.of(totalChanged() + ": sweep until a sweep finds nothing new")
        : Optional.empty();
  }

  private String found() {
    String documents = walk.found() == 1 ? "document that was" : "documents that were";
    return String.format(
        Locale.ROOT,
        "the sweep found %,d %s never seen; sweep again until one finds nothing",
        walk.found(),
        documents);
  }

  /** Documents added at the front of the list after its first pages were read are still unseen. */
  private String foundNothing() {
    return walk.sawAnotherTotal()
        ? "the sweep found nothing new, but " + totalChanged() + ": sweep again"
        : "the sweep found nothing new: the harvest of " + pages.words() + end();
  }

  /** A harvest that lacks documents has ended, but it is not complete. */
  private String end() {
    if (walk.unstored().isEmpty()) {
      return " is complete";
    }
    long rows = walk.unstored().values().stream().mapToLong(Long::longValue).sum();
    return walk.unstored().entrySet().stream()
        .map(reason -> String.format(Locale.ROOT, "%,d %s", reason.getValue(), reason.getKey()))
        .collect(
            Collectors.joining(
                ", ",
                String.format(
                    Locale.ROOT,
                    " has ended, but %,d %s not in the bucket (",
                    rows,
                    rows == 1 ? "row is" : "rows are"),
                ")"));
  }

  private String totalChanged() {
    return "the portal's total changed during the walk over " + pages.words();
  }
}
