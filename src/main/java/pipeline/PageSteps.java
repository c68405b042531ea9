package pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import ledger.DocumentRecord;
import ledger.Ledger;
import model.DocumentState;
import model.FailureReason;
import model.RetryPolicy;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.CaptchaException;
import portal.Dialect;
import portal.Listing;
import portal.PortalException;
import portal.Row;
import scripts.Orchestrator;
import store.BadManifestException;
import store.Bucket;
import store.ManifestRow;
import store.Manifests;
import store.StoreException;

/** The steps of one page's way: from its number to its manifest in the bucket. */
public final class PageSteps {
  private static final Logger LOG = LoggerFactory.getLogger(PageSteps.class);

  private final Ledger ledger;
  private final Orchestrator orchestrator;
  private final DriftNotes drift;
  private final Manifests manifests;
  private final Bucket bucket;
  private final IntFunction<Integer> scriptOfPage;
  private final IntFunction<Dialect.Session> sessionOfScript;
  private final RetryPolicy retries;
  private final IntSupplier roundSize;
  private final CaptchaFlow captchas;
  private final WorkContext context;
  private final PipelineListener listener;

  /**
   * @param scriptOfPage the script that a page belongs to
   * @param sessionOfScript a script's conversation with the portal
   * @param roundSize how many documents of a page are taken up together
   */
  public PageSteps(
      Ledger ledger,
      Orchestrator orchestrator,
      DriftNotes drift,
      Manifests manifests,
      Bucket bucket,
      IntFunction<Integer> scriptOfPage,
      IntFunction<Dialect.Session> sessionOfScript,
      RetryPolicy retries,
      IntSupplier roundSize,
      CaptchaFlow captchas,
      WorkContext context,
      PipelineListener listener) {
    this.ledger = ledger;
    this.orchestrator = orchestrator;
    this.drift = drift;
    this.manifests = manifests;
    this.bucket = bucket;
    this.scriptOfPage = scriptOfPage;
    this.sessionOfScript = sessionOfScript;
    this.retries = retries;
    this.roundSize = roundSize;
    this.captchas = captchas;
    this.context = context;
    this.listener = listener;
  }

  /** Turns the page's number into a page in work. */
  public Page open(@Body int page) {
    int script = scriptOfPage.apply(page);
    return new Page(
        page,
        script,
        sessionOfScript.apply(script),
        ledger.isRetry(page),
        orchestrator.stopSignal(script),
        roundSize);
  }

  /** Lists the page. Once it is listed, a further listing only shows that the portal answers. */
  public void list(@Body Page page) {
    context.page(page);
    Listing listing = listing(page);
    drift.answered(page, listing);
    if (!page.isListed()) {
      drift.listed(page, listing);
      page.listed(listing, Instant.now().truncatedTo(ChronoUnit.MILLIS), this::isClosed);
      countRejected(listing.rows());
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

  /** A document could not be had without a person: holds the page, but no worker. */
  public void waitForPerson(@Body Page page) {
    context.page(page);
    captchas.solve(page, page.captcha());
  }

  private void countRejected(List<Row> rows) {
    rows.stream()
        .filter(row -> !row.isFetchable())
        .forEach(row -> listener.notStored(DocumentState.REJECTED, row.rejection()));
  }

  /**
   * Takes the rows from the page's manifest: only documents that had failed are tried again, and
   * the portal's list may have moved on since.
   */
  public void recall(@Body Page page) {
    context.page(page);
    Optional<List<ManifestRow>> manifest = manifest(page.number());
    if (manifest.isEmpty()) {
      list(page);
      return;
    }
    page.listed(
        listing(page.number(), manifest.get()),
        Manifests.listedAt(manifest.get()).orElse(null),
        this::isClosed);
    LOG.info("tries its failed documents again");
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
        row.row(),
        row.id(),
        row.url(),
        row.isRejected() ? FailureReason.of(row.reason()).orElseThrow() : null,
        row.facts());
  }

  private boolean isClosed(String id) {
    return ledger.find(id).filter(known -> known.state().isClosed()).isPresent();
  }

  /**
   * Finds out whether the store as a whole is well, after it did not take a document.
   *
   * @throws StoreException when it is not
   */
  public void requireStore(@Body Page page) {
    context.page(page);
    StoreException failure = page.storeFailure();
    if (failure.kind() != StoreException.Kind.REFUSED) {
      throw failure;
    }
    bucket.require();
  }

  /** Ends a round: failures count now, and what is still open gets its time. */
  public void settle(@Body Page page) throws Exception {
    context.page(page);
    List<Page.Failure> failures = page.endRound();
    for (DocumentTask task : page.untouched(failures)) {
      if (isClosed(task.id())) {
        page.closed(task);
      } else {
        page.lookAgainSoon(task);
      }
    }
    failures.forEach(failure -> settle(page, failure));
  }

  private void settle(Page page, Page.Failure failure) {
    DocumentTask task = failure.task();
    FailureReason reason = reason(failure.cause());
    int attempts = ledger.find(task.id()).map(DocumentRecord::attempts).orElse(0) + 1;
    DocumentState state = verdict(failure.cause(), attempts);
    ledger.failed(task.id(), page.number(), state, reason.word());
    listener.notStored(state, reason);
    if (state == DocumentState.QUEUED) {
      page.tryAgainAfter(task, retries.waitAfter(attempts, retryAfter(failure.cause())));
    } else {
      page.closed(task);
      context.document(task);
      LOG.warn(
          "row {} {} after {} tries ({}): {}",
          task.row().number(),
          state.word(),
          attempts,
          reason,
          failure.cause().getMessage());
      context.page(page);
    }
  }

  private DocumentState verdict(Exception cause, int attempts) {
    boolean isFinal = cause instanceof PortalException failure && failure.failure().isFinal();
    if (!isFinal && !retries.exhausted(attempts)) {
      return DocumentState.QUEUED;
    }
    return reason(cause).isRejection() ? DocumentState.REJECTED : DocumentState.FAILED;
  }

  private static FailureReason reason(Exception cause) {
    return cause instanceof PortalException failure ? failure.reason() : FailureReason.STORE;
  }

  private static Optional<Duration> retryAfter(Exception cause) {
    return cause instanceof PortalException failure ? failure.retryAfter() : Optional.empty();
  }
}
