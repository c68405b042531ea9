package pipeline;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import ledger.Documents;
import ledger.LedgerException;
import model.Failure;
import model.FailureClassifier;
import model.FailureReason;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.CaptchaException;
import portal.Listing;
import portal.PortalException;

/** Lists pages of the portal. */
public final class ListingSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ListingSteps.class);

  private final Documents documents;
  private final SourcePlaces places;
  private final DriftNotes drift;
  private final PlanCheck plan;
  private final CaptchaFlow captchas;
  private final PagesInWork inWork;
  private final LostObjects lost;
  private final InstantSource clock;

  /**
   * @param lost looks for what a damaged page has lost
   */
  public ListingSteps(
      Documents documents,
      DriftNotes drift,
      PlanCheck plan,
      CaptchaFlow captchas,
      PagesInWork inWork,
      LostObjects lost,
      InstantSource clock) {
    this.lost = lost;
    this.inWork = inWork;
    this.documents = documents;
    this.places = new SourcePlaces(documents);
    this.drift = drift;
    this.plan = plan;
    this.captchas = captchas;
    this.clock = clock;
  }

  /**
   * Lists the page. If it is already listed, another listing only shows that the portal responds.
   */
  public void list(@Body Page page) {
    Listing listing = page.isListed() ? listing(page, page.number()) : checked(page);
    drift.answered(page, listing);
    if (!page.isListed()) {
      drift.listed(page, listing);
      if (page.isRepair()) {
        lost.queue(listing.rows(), page.stop());
      }
      page.listed(
          listing, clock.instant().truncatedTo(ChronoUnit.MILLIS), row -> places.isOver(page, row));
      inWork.listed(page);
      int missing = page.documents().size();
      LOG.info("{} rows, {} documents to fetch", listing.rows().size(), missing);
      if (page.isRefresh()) {
        page.openStored(documents::isStored);
        LOG.info("asks again for {} stored documents", page.documents().size() - missing);
      }
    }
  }

  private Listing checked(Page page) {
    Listing listing = listing(page, page.number());
    OptionalInt twin = plan.twin(listing);
    if (twin.isPresent()) {
      Listing other = listing(page, twin.getAsInt());
      listing = listing(page, page.number()); // again, since the list may just have moved
      plan.require(listing, other);
    }
    plan.saw(page.script(), listing);
    return listing;
  }

  private Listing listing(Page page, int number) {
    while (true) {
      try {
        Listing listing =
            page.isRepair() && !page.isListed()
                ? page.session().listFromSource(number)
                : page.session().list(number);
        captchas.went(page.script());
        return listing;
      } catch (CaptchaException asked) {
        captchas.solve(page, asked);
      } catch (LedgerException e) {
        throw e; // the session could not be kept, which is not the portal's fault
      } catch (RuntimeException | StackOverflowError e) {
        throw unreadable(number, e);
      }
    }
  }

  /** Any exception that a portal's page causes counts as the portal's failure: the script waits. */
  private static RuntimeException unreadable(int number, Throwable cause) {
    Failure failure = FailureClassifier.classify(cause);
    if (failure.kind() != Failure.Kind.BROKEN && cause instanceof RuntimeException known) {
      return known;
    }
    return new PortalException(
        FailureReason.UNREADABLE,
        "page %d could not be read: %s".formatted(number, failure.words()),
        cause);
  }
}
