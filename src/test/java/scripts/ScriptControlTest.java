package scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import ledger.FailureFilter;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.DocumentState;
import model.PageRange;
import model.Script;
import model.StopSignal;
import model.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.VirtualTicker;

class ScriptControlTest {
  private static final String SHA = "ab".repeat(32);

  @TempDir Path folder;
  private Ledger ledger;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final VirtualTicker ticker = new VirtualTicker();
  private final List<ScriptChange> changes = new ArrayList<>();
  private ScriptControl script;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    script = script(true);
  }

  private ScriptControl script(boolean last) {
    return new ScriptControl(
        new Script(1, 1, new PageRange(1, 3)), last, ledger, changes::add, () -> now, ticker);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    ticker.pass(time);
  }

  private void run() {
    assertThat(script.start()).isEqualTo(RequestResult.ACCEPTED);
    assertThat(script.beginRun()).isTrue();
  }

  private void complete() {
    complete(null, null, null);
  }

  /** Reads the three pages, each with this total. */
  private void complete(Long... totals) {
    for (int page = 1; page <= 3; page++) {
      assertThat(script.work().next()).hasValue(page);
      ledger.pages().close(page, List.of(), totals[page - 1]);
      script.work().pageDone();
    }
    assertThat(script.work().next()).isEmpty();
    script.stopped();
  }

  @Test
  void aStopFromOutsideIsReportedEvenIfThePageStillCompletes() {
    assertThat(script.stoppedFromOutside()).as("it does not run").isFalse();
    run();
    assertThat(script.work().next()).hasValue(1);
    assertThat(script.stoppedFromOutside()).isTrue();
    assertThat(script.stoppedFromOutside()).as("a second time").isFalse();
    ledger.pages().close(1, List.of(), null);
    script.work().pageDone();
    script.stopped();
    assertThat(script.snapshot().lastError()).contains("JMX");
    run();
    assertThat(script.snapshot().lastError()).isNull();
  }

  @Test
  void aSweepOfACompletedScriptAsksItsSourceForNewPagesAndRetriesWhileItIsDown() {
    AtomicInteger asked = new AtomicInteger();
    script
        .work()
        .follow(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
              }
              return 4;
            });
    run();
    complete();
    script.work().grow();
    assertThat(asked).as("nobody wants to know").hasValue(0);

    script.sweep();
    run();
    assertThatThrownBy(script.work()::grow).hasMessage("away");
    script.work().pageFailed(WaitingReason.STORE, "away");
    assertThat(script.work().next()).isEmpty();
    assertThat(script.status()).isEqualTo(ScriptStatus.WAITING);
    pass(Duration.ofMinutes(5));
    script.work().grow();

    assertThat(script.work().next()).hasValue(4);
    assertThat(script.status()).isEqualTo(ScriptStatus.RUNNING);
    ledger.pages().close(4, List.of(), null);
    script.work().pageDone();
    script.work().grow();
    assertThat(script.work().next()).isEmpty();
    assertThat(script.status()).isEqualTo(ScriptStatus.COMPLETED);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aSweepOfAGrowingSourceReportsOnlyNewDocuments() {
    AtomicInteger pages = new AtomicInteger(4);
    script.work().follow(pages::get);
    run();
    ledger.documents().stored("a", 1, 10, SHA, null, Validators.NONE);
    complete(30L, 30L, 30L);
    script.sweep();
    run();
    script.work().grow();
    assertThat(script.work().next()).hasValue(4);
    ledger.documents().stored("b", 4, 10, SHA, null, Validators.NONE);
    ledger.pages().close(4, List.of(), 31L);
    script.work().pageDone();
    assertThat(script.work().next()).isEmpty();

    assertThat(script.sweepReport())
        .hasValue(
            "the sweep found 1 document that was never seen; sweep again until one finds nothing");

    script.sweep();
    run();
    script.work().grow();
    assertThat(script.work().next()).isEmpty();

    assertThat(script.sweepReport())
        .hasValue("the sweep found nothing new: the harvest of pages 1-4 is complete");
  }

  @Test
  void aSweepThatFindsNothingToDoLeavesAScriptCompleted() {
    script = script(false);
    script.work().follow(() -> 3);
    run();
    complete();

    script.sweep();

    assertThat(script.status()).isEqualTo(ScriptStatus.COMPLETED);
    assertThat(script.start()).isEqualTo(RequestResult.COMPLETED);
  }

  @Test
  void theResultOfAStartDependsOnTheScriptsState() {
    assertThat(script.stop()).isEqualTo(RequestResult.NOT_RUNNING);
    run();
    assertThat(script.start()).isEqualTo(RequestResult.RUNNING);
    assertThat(script.stop()).isEqualTo(RequestResult.ACCEPTED);
    assertThat(script.stop()).isEqualTo(RequestResult.STOPPING);
    assertThat(script.start()).isEqualTo(RequestResult.STOPPING);
    script.stopped();
    assertThat(script.status()).isEqualTo(ScriptStatus.STOPPED);
    run();
    complete();
    assertThat(script.start()).isEqualTo(RequestResult.COMPLETED);
  }

  @Test
  void aStartThatIsCancelledLeavesTheScriptAsItWas() {
    script.start();
    script.stop();

    assertThat(script.status()).isEqualTo(ScriptStatus.NOT_STARTED);
    assertThat(script.beginRun()).isFalse();
  }

  @Test
  void waitsGrowUpToFiveMinutesAndBeginAnewAfterAPage() {
    run();
    Duration before = Duration.ofSeconds(1);
    for (int i = 0; i < 12; i++) {
      assertThat(script.work().next()).hasValue(1);
      Duration wait = script.work().pageFailed(WaitingReason.PORTAL, "away");
      assertThat(wait).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofMinutes(5));
      assertThat(script.status()).isEqualTo(ScriptStatus.WAITING);
      assertThat(script.work().next()).isEmpty();
      pass(wait);
      before = wait;
    }
    assertThat(before).isEqualTo(Duration.ofMinutes(5));
    assertThat(script.work().next()).hasValue(1);
    script.work().progressed();
    assertThat(script.status()).isEqualTo(ScriptStatus.RUNNING);
    ledger.pages().close(1, List.of(), null);
    script.work().pageDone();
    assertThat(script.work().next()).hasValue(2);
    assertThat(script.work().pageFailed(WaitingReason.PORTAL, "away"))
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aScriptThatWaitsForAPersonKeepsItsPageUntilThereIsProgress() {
    run();
    assertThat(script.work().next()).hasValue(1);
    script.work().waitsForPerson();
    pass(Duration.ofHours(9));

    assertThat(script.status()).isEqualTo(ScriptStatus.WAITING);
    assertThat(script.snapshot().waitingReason()).isEqualTo(WaitingReason.CAPTCHA);
    assertThat(script.snapshot().lastError()).isNull();
    assertThat(script.isPageInWork()).isTrue();
    assertThat(script.isStopping()).isFalse();

    script.work().progressed();
    assertThat(script.status()).isEqualTo(ScriptStatus.RUNNING);
    assertThat(script.snapshot().waitingReason()).isNull();
    assertThat(script.snapshot().sinceProgress()).isZero();
    ledger.pages().close(1, List.of(), null);
    script.work().pageDone();
    assertThat(script.work().next()).as("no wait").hasValue(2);
  }

  @Test
  void anUploadThatEndsMeanwhileDoesNotEndTheWaitForAPerson() {
    run();
    script.work().next();
    script.work().waitsForPerson();
    pass(Duration.ofSeconds(3));
    script.work().stored();

    assertThat(script.snapshot().waitingReason()).isEqualTo(WaitingReason.CAPTCHA);
    assertThat(script.snapshot().sinceProgress()).isZero();
  }

  @Test
  void anEarlierErrorIsNotShownWhileWaitingForAPerson() {
    run();
    script.work().next();
    pass(script.work().pageFailed(WaitingReason.PORTAL, "away"));
    script.work().next();
    script.work().waitsForPerson();

    assertThat(script.snapshot().lastError()).isNull();
  }

  @Test
  void aScriptThatWaitsForAPersonStopsAsAnyOther() {
    run();
    script.work().next();
    script.work().waitsForPerson();

    assertThat(script.stop()).isEqualTo(RequestResult.ACCEPTED);
    assertThat(script.isStopping()).isTrue();
    assertThat(script.snapshot().waitingReason()).isNull();
    script.work().waitsForPerson();
    assertThat(script.status()).as("too late to wait").isEqualTo(ScriptStatus.STOPPING);
    script.work().pageLeft();
    script.stopped();
    assertThat(script.status()).isEqualTo(ScriptStatus.STOPPED);
    run();
    assertThat(script.work().next()).hasValue(1);
  }

  @Test
  void eachRunHasItsOwnStopSignalThatFiresWhenItEnds() {
    assertThat(script.stopSignal().isStopped()).as("before the first run").isTrue();
    run();
    StopSignal first = script.stopSignal();
    assertThat(first.isStopped()).isFalse();
    script.work().next();
    script.work().waitsForPerson();
    assertThat(first.isStopped()).as("waiting").isFalse();
    script.stop();
    assertThat(first.isStopped()).isTrue();
    script.stopped();

    run();
    assertThat(script.stopSignal().isStopped()).isFalse();
    assertThat(first.isStopped()).as("what is left of the first run").isTrue();
    script.broken("disk full");
    assertThat(script.stopSignal().isStopped()).as("in error").isTrue();
    run();
    complete();
    assertThat(script.stopSignal().isStopped()).as("completed").isTrue();
  }

  @Test
  void aClockThatIsSetBackMakesNoWaitLonger() {
    run();
    script.work().next();
    Duration wait = script.work().pageFailed(WaitingReason.PORTAL, "away");
    now = now.minus(Duration.ofHours(1));
    ticker.pass(wait);

    assertThat(script.work().next()).hasValue(1);
  }

  @Test
  void aListenerHearsOfEveryChangeInItsOrder() {
    run();
    script.work().next();
    script.work().pageFailed(WaitingReason.STORE, "away");
    script.work().progressed();
    script.broken("disk full");

    assertThat(changes)
        .extracting(ScriptChange::before, ScriptChange::now, ScriptChange::waitingReason)
        .containsExactly(
            tuple(ScriptStatus.NOT_STARTED, ScriptStatus.STARTING, null),
            tuple(ScriptStatus.STARTING, ScriptStatus.RUNNING, null),
            tuple(ScriptStatus.RUNNING, ScriptStatus.WAITING, WaitingReason.STORE),
            tuple(ScriptStatus.WAITING, ScriptStatus.RUNNING, null),
            tuple(ScriptStatus.RUNNING, ScriptStatus.ERROR, null));
    assertThat(changes.get(4).error()).isEqualTo("disk full");
  }

  @Test
  void aScriptInErrorCanBeStartedAgain() {
    run();
    script.work().next();
    script.broken("disk full");
    assertThat(script.status()).isEqualTo(ScriptStatus.ERROR);
    assertThat(script.snapshot().lastError()).isEqualTo("disk full");

    run();
    assertThat(script.snapshot().lastError()).isNull();
  }

  @Test
  void theLastScriptFollowsThePortalOnlyWhenItSweeps() {
    run();
    script.work().listed(5);
    assertThat(script.snapshot().totalPages()).isEqualTo(3);
    complete();

    script.sweep();
    run();
    script.work().listed(5);
    assertThat(script.snapshot().totalPages()).isEqualTo(5);
    assertThat(script(true).snapshot().lastPage()).as("after a restart").isEqualTo(5);
    assertThat(script(false).snapshot().lastPage()).as("another script").isEqualTo(3);
  }

  @Test
  void aFirstWalkAsksForASweepWhenTheTotalChangedMeanwhile() {
    run();
    complete(30L, 30L, 31L);

    assertThat(script.sweepReport())
        .hasValue(
            "the portal's total changed during the walk over pages 1-3: sweep until a sweep finds nothing new");
    assertThat(script.sweepReport()).as("told once").isEmpty();
  }

  @Test
  void aFirstWalkWithoutAChangedTotalReportsNothing() {
    run();
    complete(30L, 30L, 30L);

    assertThat(script.sweepReport()).isEmpty();
  }

  @Test
  void aSweepThatFindsSomethingAsksForAnother() {
    run();
    complete();
    script.sweep();
    run();
    assertThat(script.sweepReport()).as("not at its end yet").isEmpty();
    ledger.documents().stored("a", 1, 10, SHA, null, Validators.NONE);
    complete(30L, 30L, 30L);

    assertThat(script.sweepReport())
        .hasValue(
            "the sweep found 1 document that was never seen; sweep again until one finds nothing");
  }

  @Test
  void aSweepThatFindsNothingIsTheEndUnlessTheTotalChangedMeanwhile() {
    run();
    ledger.documents().stored("a", 1, 10, SHA, null, Validators.NONE);
    complete();
    script.sweep();
    run();
    complete(30L, 30L, 31L);
    assertThat(script.sweepReport())
        .hasValue(
            "the sweep found nothing new, but the portal's total changed during the walk over pages 1-3: sweep again");

    script.sweep();
    script = script(true); // a restart
    run();
    complete(31L, 31L, 31L);
    assertThat(script.sweepReport())
        .hasValue("the sweep found nothing new: the harvest of pages 1-3 is complete");
  }

  @Test
  void aSweepThatLeavesGapsDoesNotCallTheHarvestComplete() {
    run();
    complete();
    script.sweep();
    run();
    assertThat(script.work().next()).hasValue(1);
    ledger
        .pages()
        .close(
            1,
            List.of(
                unstored(1, DocumentState.FAILED, "gone"),
                unstored(2, DocumentState.REJECTED, "foreign_host"),
                unstored(3, DocumentState.FAILED, "gone")),
            null);
    script.work().pageDone();
    for (int page = 2; page <= 3; page++) {
      assertThat(script.work().next()).hasValue(page);
      ledger.pages().close(page, List.of(), null);
      script.work().pageDone();
    }
    assertThat(script.work().next()).isEmpty();
    script.stopped();

    assertThat(script.sweepReport())
        .hasValue(
            "the sweep found nothing new: the harvest of pages 1-3 has ended, but 3 rows are not in"
                + " the bucket (2 gone, 1 foreign_host)");
  }

  private static UnstoredRow unstored(int row, DocumentState state, String reason) {
    return new UnstoredRow(1, row, "d" + row, null, null, state, reason, 1, null, null);
  }

  @Test
  void aRetryAfterASweepIsNotReportedAsASweep() {
    run();
    complete();
    script.sweep();
    run();
    complete();
    script.sweepReport();
    ledger.documents().failed("a", 2, DocumentState.FAILED, "timeout", OptionalInt.empty());
    ledger.pages().close(2, List.of(failed(2, "a")), null);
    ledger.retries().requeueFailed(FailureFilter.ALL);
    run();
    assertThat(script.work().next()).hasValue(2);
    ledger.documents().stored("a", 2, 10, SHA, null, Validators.NONE);
    ledger.pages().close(2, List.of(), null);
    script.work().pageDone();
    assertThat(script.work().next()).isEmpty();

    assertThat(script.status()).isEqualTo(ScriptStatus.COMPLETED);
    assertThat(script.sweepReport()).isEmpty();
  }

  private static UnstoredRow failed(int page, String id) {
    return new UnstoredRow(page, 1, id, null, null, DocumentState.FAILED, "timeout", 0, null, null);
  }

  @Test
  void theLastSeenTotalIsKnownAfterARestart() {
    assertThat(script.work().sawTotal(30)).isEmpty();
    assertThat(script.work().sawTotal(31)).hasValue(30);
    run();
    script.work().next();
    ledger.pages().close(1, List.of(), 31L);
    assertThat(script(true).work().sawTotal(35)).hasValue(31);
    script.work().pageDone();
    ledger.pages().close(2, List.of(), 32L);
    ledger.pages().close(3, List.of(), 33L);
    ledger.sweeps().sweep(1, 1, 3);

    assertThat(script(true).work().sawTotal(35)).as("when it walks again").hasValue(33);
  }

  @Test
  void aPageInProgressDuringASweepRequestIsListedAgain() {
    run();
    script.work().next();
    script.sweep();
    ledger.pages().close(1, List.of(), null);
    script.work().pageDone();

    assertThat(script.work().next()).hasValue(1);
  }

  @Test
  void theRateIsThatOfTheScriptsOwnTime() {
    pass(Duration.ofSeconds(1000));
    run();
    for (int i = 0; i < 20; i++) {
      ledger.documents().claim("d" + i);
      ledger.documents().stored("d" + i, 1, 10, SHA, null, Validators.NONE);
      script.work().stored();
      pass(Duration.ofMillis(500));
    }

    assertThat(script.snapshot().filesPerSecond()).isBetween(1.5, 2.5);
    pass(Duration.ofSeconds(120));
    assertThat(script.snapshot().filesPerSecond()).isZero();
    assertThat(script.snapshot().tally().stored()).isEqualTo(20);
  }

  @Test
  void aScriptWithProgressIsStoppedAfterARestart() {
    ledger.documents().claim("a");
    ledger.documents().stored("a", 2, 10, SHA, null, Validators.NONE);

    assertThat(script(false).status()).isEqualTo(ScriptStatus.STOPPED);
  }

  @Test
  void aScriptWhoseRequestsAreHeldBackWaitsAndGoesOnByItself() {
    run();
    script.work().next();
    Optional<String> words = Optional.of("portal.test answered 429; requests wait until noon");
    script.work().heldBack(words);
    script.work().heldBack(words); // by another thread
    script.work().stored(); // an upload that was under way

    assertThat(script.snapshot().status()).isEqualTo(ScriptStatus.WAITING);
    assertThat(script.snapshot().waitingReason()).isEqualTo(WaitingReason.PORTAL);
    assertThat(script.snapshot().lastError()).isEqualTo(words.get());
    assertThat(changes.stream().filter(change -> change.now() == ScriptStatus.WAITING)).hasSize(1);

    script.work().heldBack(Optional.empty());

    assertThat(script.snapshot().status()).isEqualTo(ScriptStatus.RUNNING);
    assertThat(script.snapshot().lastError()).isNull();
  }

  @Test
  void aScriptThatWaitsForSomethingElseIsNotSetRunningByTheEndOfAPause() {
    run();
    script.work().next();
    script.work().heldBack(Optional.of("a pause"));
    script.work().pageFailed(WaitingReason.STORE, "the store is away");
    script.work().heldBack(Optional.empty());

    assertThat(script.snapshot().status()).isEqualTo(ScriptStatus.WAITING);
    assertThat(script.snapshot().waitingReason()).isEqualTo(WaitingReason.STORE);
    assertThat(script.snapshot().lastError()).isEqualTo("the store is away");
  }

  @Test
  void aScriptThatStopsDuringAPauseStaysStopping() {
    run();
    script.work().next();
    script.work().heldBack(Optional.of("a pause"));
    script.stop();
    script.work().heldBack(Optional.of("a pause"));
    script.work().heldBack(Optional.empty());

    assertThat(script.status()).isEqualTo(ScriptStatus.STOPPING);
  }

  @Test
  void aCompletedScriptStartsAgainOnlyIfItHasWorkAgain() {
    run();
    complete();
    assertThat(script.startAgain()).isFalse();

    ledger.sweeps().reopen(2);
    assertThat(script.startAgain()).isTrue();
    assertThat(script.status()).isEqualTo(ScriptStatus.STARTING);
  }

  @Test
  void aStoppedScriptStaysStoppedThoughItHasWork() {
    run();
    script.stop();
    script.stopped();

    assertThat(script.startAgain()).isFalse();
    assertThat(script.status()).isEqualTo(ScriptStatus.STOPPED);
  }

  @Test
  void aPageAcceptedWhileItIsBeingRetriedIsClosedAtOnce() {
    run();
    script.work().next();
    pass(script.work().pageHeld(WaitingReason.PORTAL, "nothing came"));
    assertThat(script.work().next()).as("a look").hasValue(1);
    assertThat(script.work().accept()).hasValue(1);
    script.work().pageHeld(WaitingReason.PORTAL, "nothing came");

    assertThat(script.work().next()).as("without another wait").hasValue(1);
  }

  @Test
  void aSnapshotNeedsNoLedgerQuery() {
    run();
    assertThat(script.work().next()).hasValue(1);

    ledger.close();

    assertThat(script.snapshot().currentPage()).isEqualTo(1);
  }
}
