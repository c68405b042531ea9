package pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ledger.DocumentRecord;
import ledger.Ledger;
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

  private final Ledger ledger;
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
    this.ledger = ledger;
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
          tryAgain(page, task, retries.waitAfter(1, failed.failure().retryAfter(), chance));
        }
      } else if (outcome instanceof Outcome.Stored
          || !page.isRefresh(task.id()) && ledger.isClosed(task.id())) {
        page.close(task.row());
        page.goOn();
      } else {
        tryAgain(page, task, ELSEWHERE);
      }
    }
  }

  /** For the words in which a page of which nothing came is told. */
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
    Failure failure = failed.failure();
    FailureReason reason = failure.reason().orElseThrow();
    Optional<DocumentRecord> known = ledger.find(task.id());
    int attempts = known.map(DocumentRecord::attempts).orElse(0) + 1;
    boolean again =
        attempts > 1 && known.filter(last -> reason.word().equals(last.reason())).isPresent();
    DocumentState state =
        page.isLook() ? DocumentState.QUEUED : state(failure, reason, attempts, again);
    ledger.failed(task.id(), page.number(), state, reason.word(), failed.httpStatus());
    boolean told = again && known.filter(DocumentRecord::lookedAtEnd).isPresent();
    if (!told || state != DocumentState.FAILED) {
      listener.notStored(state, reason);
    }
    if (page.isLook()) {
      page.postpone(task.row());
    } else if (state == DocumentState.QUEUED) {
      tryAgain(page, task, wait(failure, reason, attempts));
    } else {
      page.close(task.row());
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

  /** Whatever the portal sends or does not send now, what is stored is not lost, nor its record. */
  private void refreshFailed(Page page, DocumentTask task, Failure failure) {
    FailureReason reason = failure.reason().orElseThrow();
    int attempts = page.refreshFailed(task.id());
    boolean over = failure.isFinal() || retries.exhausted(attempts);
    if (!over || reason.needsSecondLook() && attempts == 1) {
      tryAgain(page, task, wait(failure, reason, attempts));
      return;
    }
    page.close(task.row());
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

  /** A second look comes no sooner than the first wait, which jitter may halve. */
  private Duration wait(Failure failure, FailureReason reason, int attempts) {
    Duration wait = retries.waitAfter(attempts, failure.retryAfter(), chance);
    return reason.needsSecondLook() && wait.compareTo(retries.firstWait()) < 0
        ? retries.firstWait()
        : wait;
  }

  private void tryAgain(Page page, DocumentTask task, Duration wait) {
    page.tryAgainAt(task.row(), ticker.nanos() + wait.toNanos());
  }
}
