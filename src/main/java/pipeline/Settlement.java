package pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ledger.DocumentRecord;
import ledger.Documents;
import ledger.Ledger;
import ledger.Retries;
import model.DocumentState;
import model.Failure;
import model.FailureReason;
import model.LogContext;
import model.RetryPolicy;
import model.Ticker;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.ForeignHostException;

/**
 * Ends a round whose outcomes count: records failures, and schedules the documents that are still
 * open.
 */
public final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  /** How often to check a document that another page is working on. */
  private static final Duration ELSEWHERE = Duration.ofMillis(250);

  private final Documents documents;
  private final Retries givenUp;
  private final SourcePlaces places;
  private final RetryPolicy retries;
  private final Ticker ticker;
  private final RandomGenerator chance;
  private final PipelineListener listener;

  /**
   * @param chance adds jitter to the waits; used by the threads of all pages
   */
  public Settlement(
      Ledger ledger,
      RetryPolicy retries,
      Ticker ticker,
      RandomGenerator chance,
      PipelineListener listener) {
    this.documents = ledger.documents();
    this.givenUp = ledger.retries();
    this.places = new SourcePlaces(documents);
    this.retries = retries;
    this.ticker = ticker;
    this.chance = chance;
    this.listener = listener;
  }

  /** Settles the round. */
  public void settle(
      @Body Page page,
      @ExchangeProperty(CollectOutcomes.OUTCOMES) List<Outcome> outcomes,
      @ExchangeProperty(RoundSteps.VERDICT) Verdict verdict) {
    for (Outcome outcome : outcomes) {
      DocumentTask task = outcome.task();
      if (outcome instanceof Outcome.Failed failed) {
        remember(page, failed);
        if (failed.failure().reason().isPresent() && verdict.counts(failed)) {
          if (page.isRefresh(task.id())) {
            refreshFailed(page, task, failed.failure());
          } else {
            failed(page, failed);
          }
        } else {
          tryAgain(page, task, retries.waitAfter(1, chance));
        }
      } else if (outcome instanceof Outcome.Stored
          || !page.isRefresh(task.id()) && isOver(page, task)) {
        page.documents().close(task.row());
        page.documents().goOn();
      } else if (places.isUntried(page, task.row())) {
        givenUp.tryAgain(List.of(task.id()));
        tryAgain(page, task, Duration.ZERO);
      } else {
        tryAgain(page, task, ELSEWHERE);
      }
    }
  }

  /** Whether the document is settled, here and on every other page that lists it. */
  private boolean isOver(Page page, DocumentTask task) {
    return places.isOver(page, task.row()) && !documents.isClaimed(task.id());
  }

  /** For the message about a page none of whose documents was stored. */
  private static void remember(Page page, Outcome.Failed failed) {
    if (failed.failure().isStore()) {
      page.storeSaid(failed.failure().words());
    }
    ForeignHostException foreign =
        ObjectHelper.getException(ForeignHostException.class, failed.cause());
    if (foreign != null) {
      page.lacks(failed.task().id(), foreign.host());
    }
  }

  private void failed(Page page, Outcome.Failed failed) {
    DocumentTask task = failed.task();
    page.tried(task.id());
    Failure failure = failed.failure();
    FailureReason reason = failure.reason().orElseThrow();
    Optional<DocumentRecord> known = documents.find(task.id());
    int attempts = known.map(DocumentRecord::attempts).orElse(0) + 1;
    boolean again =
        attempts > 1 && known.filter(last -> reason.word().equals(last.reason())).isPresent();
    DocumentState state =
        page.documents().isLook() ? DocumentState.QUEUED : state(failure, reason, attempts, again);
    if (!documents.failed(task.id(), page.number(), state, reason.word(), failed.httpStatus())) {
      tryAgain(page, task, Duration.ZERO); // another page has settled it: looks again
      return;
    }
    boolean told = again && known.filter(DocumentRecord::lookedAtEnd).isPresent();
    if (!told || state != DocumentState.FAILED) {
      listener.notStored(state, reason);
    }
    if (page.documents().isLook()) {
      page.documents().postpone(task.row());
    } else if (state == DocumentState.QUEUED) {
      tryAgain(page, task, wait(reason, attempts));
    } else if (documents.isClaimed(task.id())) {
      tryAgain(page, task, ELSEWHERE); // another page tries it, and perhaps stores it
    } else {
      page.documents().close(task.row());
      LogContext.document(task.id());
      LOG.warn(
          "row {} {} after {} tries ({}): {}",
          task.row().number(),
          state.word(),
          attempts,
          reason,
          failure.words());
      LogContext.page(page.number());
    }
  }

  /**
   * Whatever the portal sends or fails to send now, the stored document and its record are kept.
   */
  private void refreshFailed(Page page, DocumentTask task, Failure failure) {
    FailureReason reason = failure.reason().orElseThrow();
    int attempts = page.refreshFailed(task.id());
    boolean over = failure.isFinal() || retries.exhausted(attempts);
    if (!over || reason.needsSecondLook() && attempts == 1) {
      tryAgain(page, task, wait(reason, attempts));
      return;
    }
    page.documents().close(task.row());
    LogContext.document(task.id());
    LOG.warn(
        "row {} stays as it is stored: no other version came in {} tries ({}): {}",
        task.row().number(),
        attempts,
        reason,
        failure.words());
    LogContext.page(page.number());
  }

  /**
   * @param again whether the last attempt failed for the same reason
   */
  private DocumentState state(Failure failure, FailureReason reason, int attempts, boolean again) {
    boolean over = failure.isFinal() || retries.exhausted(attempts);
    if (!over || reason.needsSecondLook() && !again && !failure.isSettled()) {
      return DocumentState.QUEUED;
    }
    return reason.isRejection() ? DocumentState.REJECTED : DocumentState.FAILED;
  }

  /**
   * A second attempt comes no sooner than the first wait, which jitter may halve. Retry-After needs
   * no handling here: the governor holds this document's request back until that time, too.
   */
  private Duration wait(FailureReason reason, int attempts) {
    Duration wait = retries.waitAfter(attempts, chance);
    return reason.needsSecondLook() && wait.compareTo(retries.firstWait()) < 0
        ? retries.firstWait()
        : wait;
  }

  private void tryAgain(Page page, DocumentTask task, Duration wait) {
    page.documents().tryAgainAt(task.row(), ticker.nanos() + wait.toNanos());
  }
}
