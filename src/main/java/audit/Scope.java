package audit;

import config.UsageException;
import model.Distribution;
import model.PageRange;

/**
 * The pages an audit covers.
 *
 * @param pages pages of the plan
 * @param plan how many pages and documents there are, where the portal names no total
 */
public record Scope(PageRange pages, Distribution plan) {

  /** The pages of all instances. */
  public static Scope all(Distribution plan) {
    return new Scope(new PageRange(1, plan.pages()), plan);
  }

  /**
   * The pages of one instance.
   *
   * @throws UsageException if it has none
   */
  public static Scope of(int instance, Distribution plan) {
    return new Scope(
        plan.pagesOf(instance)
            .orElseThrow(
                () ->
                    new UsageException(
                        "harvest.instance-id: instance %d has no pages to audit; expected another, or --all"
                            .formatted(instance))),
        plan);
  }

  /** Whether these are all pages, so that their rows can be compared with the portal's total. */
  boolean isWhole() {
    return pages.first() == 1 && reachesTheEnd();
  }

  /** Whether pages after the last of the plan belong to it, because the portal has grown. */
  boolean reachesTheEnd() {
    return pages.last() == plan.pages();
  }
}
