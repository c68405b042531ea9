package pipeline;

import java.time.Duration;
import ledger.Documents;
import model.Failure;
import model.Ticker;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Download;
import scripts.ScriptReports;

/** The steps that record the outcome of a document. */
public final class RecordSteps {
  private static final Logger LOG = LoggerFactory.getLogger(RecordSteps.class);

  private final Documents documents;
  private final ScriptReports reports;
  private final PipelineListener listener;
  private final Ticker ticker;
  private final DayQuota quota;

  public RecordSteps(
      Documents documents,
      ScriptReports reports,
      PipelineListener listener,
      Ticker ticker,
      DayQuota quota) {
    this.quota = quota;
    this.documents = documents;
    this.reports = reports;
    this.listener = listener;
    this.ticker = ticker;
  }

  /**
   * Called when the bucket has acknowledged the document, which counts as stored once the ledger
   * has it on disk. If there was no upload, it was in the bucket already.
   */
  public Outcome stored(
      @ExchangeProperty(DocumentSteps.TASK) DocumentTask task,
      @ExchangeProperty(DocumentSteps.DOWNLOAD) Download download,
      @ExchangeProperty(DocumentSteps.UPLOAD_BEGAN) @Nullable Long uploadBegan) {
    long ended = ticker.nanos();
    Page page = task.page();
    if (task.isRefresh() && uploadBegan == null) {
      reports.progressed(page.script()); // the portal still has the same version
      return new Outcome.Stored(task);
    }
    if (uploadBegan != null) {
      quota.stored(task.id(), download.size());
    }
    boolean reopened =
        documents.stored(
            task.id(),
            page.number(),
            download.size(),
            download.sha256(),
            download.defect().orElse(null),
            download.validators());
    page.documents().stored(task.id());
    reports.stored(page.script());
    if (reopened) {
      reports.reopened();
    }
    if (task.isRefresh()) {
      LOG.info("replaced: the portal has another version");
    }
    if (uploadBegan == null) {
      LOG.info("was in the bucket already");
    } else {
      listener.stored(download.size(), Duration.ofNanos(ended - uploadBegan));
    }
    return new Outcome.Stored(task);
  }

  /** Called when an attempt failed. The consequences are decided for the whole round. */
  public Outcome failed(
      @ExchangeProperty(DocumentSteps.TASK) DocumentTask task,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
    Outcome outcome = Outcome.of(task, cause);
    if (outcome instanceof Outcome.Failed failed) {
      tell(failed.failure());
    } else if (outcome instanceof Outcome.Broken broken) {
      tell(broken.failure());
    }
    return outcome;
  }

  private void tell(Failure failure) {
    LOG.info("attempt failed: {}", failure.words());
    listener.failed(failure);
  }
}
