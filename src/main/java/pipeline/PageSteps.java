package pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import ledger.Ledger;
import model.StopSignal;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Dialect;
import portal.Listing;
import portal.Row;
import store.BadManifestException;
import store.ManifestRow;
import store.Manifests;

/** The first steps of a page: opening it, and restoring what is known about it. */
public final class PageSteps {
  /** Header with the number of the script that works on a page. */
  public static final String SCRIPT = "script";

  private static final Logger LOG = LoggerFactory.getLogger(PageSteps.class);

  private final Ledger ledger;
  private final SourcePlaces places;
  private final ManifestSource manifests;
  private final IntFunction<Dialect.Session> sessionOfScript;
  private final IntFunction<StopSignal> stopOfScript;
  private final PagesInWork inWork;
  private final WorkContext context;

  /**
   * @param sessionOfScript a script's session with the portal, once the script may work
   * @param stopOfScript the signal of a script's current run
   */
  public PageSteps(
      Ledger ledger,
      ManifestSource manifests,
      IntFunction<Dialect.Session> sessionOfScript,
      IntFunction<StopSignal> stopOfScript,
      PagesInWork inWork,
      WorkContext context) {
    this.inWork = inWork;
    this.ledger = ledger;
    this.places = new SourcePlaces(ledger.documents());
    this.manifests = manifests;
    this.sessionOfScript = sessionOfScript;
    this.stopOfScript = stopOfScript;
    this.context = context;
  }

  /** Creates the page for a page number. This thread works on it from now on. */
  public Page open(@Body int number, @Header(SCRIPT) int script) {
    StopSignal stop = stopOfScript.apply(script);
    context.page(script, number, stop); // first: the session may have to ask the store
    Page page =
        new Page(
            number, script, sessionOfScript.apply(script), ledger.pages().isRetry(number), stop);
    if (!page.isRetry() && ledger.sweeps().isRefresh(number)) {
      page.refresh();
    }
    if (!page.isRetry() && ledger.sweeps().isRepair(number)) {
      page.repair();
    }
    return page;
  }

  /**
   * Takes the rows from the page's manifest, because only failed documents are tried again, and the
   * portal's list may have changed since. Without a manifest, the page remains unlisted.
   */
  public void recall(@Body Page page) {
    manifest(page.number())
        .ifPresent(
            rows -> {
              page.listed(
                  listing(page.number(), rows),
                  Manifests.listedAt(rows).orElse(null),
                  row -> places.isOver(page, row));
              inWork.listed(page);
              page.session().recall(page.number());
              LOG.info(
                  page.isOpen() ? "retrying its failed documents" : "its manifest is written anew");
            });
  }

  private Optional<List<ManifestRow>> manifest(int page) {
    try {
      return manifests.read(page);
    } catch (BadManifestException e) {
      LOG.warn("its manifest is lost ({}), so it is listed again", e.getMessage());
      return Optional.empty();
    }
  }

  private static Listing listing(int page, List<ManifestRow> rows) {
    return new Listing(page, rows.stream().map(PageSteps::row).toList(), Manifests.total(rows));
  }

  private static Row row(ManifestRow row) {
    return new Row(
        row.row(), row.id(), row.url(), row.isRejected() ? row.reason() : null, row.facts());
  }
}
