package pipeline;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import ledger.Ledger;
import model.DocumentState;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.CaptchaException;
import portal.Listing;
import portal.Row;

/** Lists pages of the portal. */
public final class ListingSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ListingSteps.class);

  private final Ledger ledger;
  private final DriftNotes drift;
  private final CaptchaFlow captchas;
  private final InstantSource clock;
  private final PipelineListener listener;

  public ListingSteps(
      Ledger ledger,
      DriftNotes drift,
      CaptchaFlow captchas,
      InstantSource clock,
      PipelineListener listener) {
    this.ledger = ledger;
    this.drift = drift;
    this.captchas = captchas;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Lists the page. If it is already listed, another listing only shows that the portal responds.
   */
  public void list(@Body Page page) {
    Listing listing = listing(page);
    drift.answered(page, listing);
    if (!page.isListed()) {
      drift.listed(page, listing);
      page.listed(listing, clock.instant().truncatedTo(ChronoUnit.MILLIS), ledger::isClosed);
      tellRejected(listing.rows());
      LOG.info("{} rows, {} documents to fetch", listing.rows().size(), page.openDocuments());
    }
  }

  private Listing listing(Page page) {
    while (true) {
      try {
        Listing listing = page.session().list(page.number());
        captchas.went(page.script());
        return listing;
      } catch (CaptchaException asked) {
        captchas.solve(page, asked);
      }
    }
  }

  private void tellRejected(List<Row> rows) {
    rows.stream()
        .map(Row::rejection)
        .filter(Objects::nonNull)
        .forEach(reason -> listener.notStored(DocumentState.REJECTED, reason));
  }
}
