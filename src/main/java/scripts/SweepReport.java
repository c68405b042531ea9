package scripts;

import java.util.Locale;
import java.util.Optional;
import ledger.Walk;
import model.PageRange;

/**
 * A script has read all its pages.
 *
 * @param pages its pages
 * @param sweep whether it had been told to walk them again
 * @param walk what that came to
 */
record SweepReport(PageRange pages, boolean sweep, Walk walk) {

  /**
   * What that means for the harvest, as a line of the log. The end is a sweep that finds nothing
   * new; empty for a first walk that saw no reason for one.
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

  /** What came to the front of the list after its first pages were read is still unseen. */
  private String foundNothing() {
    return walk.sawAnotherTotal()
        ? "the sweep found nothing new, but " + totalChanged() + ": sweep again"
        : "the sweep found nothing new: the harvest of " + pages.words() + " is complete";
  }

  private String totalChanged() {
    return "the portal's total changed during the walk over " + pages.words();
  }
}
