package pipeline;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import model.Distribution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many documents the portal says it lists, compared with how many are configured. */
public final class PortalTotal {
  private static final Logger LOG = LoggerFactory.getLogger(PortalTotal.class);

  private final Distribution plan;
  private final boolean pagesAreGiven;
  private final AtomicBoolean logged = new AtomicBoolean();
  private volatile OptionalLong latest;

  /**
   * @param pagesAreGiven whether the number of pages is configured, so that it counts and not the
   *     number of documents
   * @param known what the portal said before this process; empty if unknown
   */
  public PortalTotal(Distribution plan, boolean pagesAreGiven, OptionalLong known) {
    this.plan = plan;
    this.pagesAreGiven = pagesAreGiven;
    this.latest = known;
  }

  /** Called with the total of each listing. */
  void saw(long total) {
    latest = OptionalLong.of(total);
    if (!fits(total) && !logged.getAndSet(true)) {
      difference().ifPresent(LOG::warn);
    }
  }

  /** What the portal said last; empty if it has named no total. */
  public OptionalLong latest() {
    return latest;
  }

  /** How it differs from what is configured, and what to do; empty if it does not. */
  public Optional<String> difference() {
    OptionalLong total = latest;
    if (total.isEmpty() || fits(total.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the portal lists %,d documents, %,d pages of %,d; configured are %,d in %,d pages:"
                + " set harvest.total-results and harvest.page-size",
            total.getAsLong(),
            pages(total.getAsLong()),
            plan.pageSize(),
            plan.totalResults(),
            plan.pages()));
  }

  private boolean fits(long total) {
    return pagesAreGiven ? pages(total) == plan.pages() : total == plan.totalResults();
  }

  private long pages(long total) {
    return Distribution.pagesOf(total, plan.pageSize());
  }
}
