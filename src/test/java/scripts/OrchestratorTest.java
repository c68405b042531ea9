package scripts;

import static java.lang.Thread.State.BLOCKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import config.DataSettings;
import config.HarvestSettings;
import config.StartSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import ledger.FailureFilter;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.Distribution;
import model.DocumentState;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.VirtualTicker;

/** The orchestrator over real routes, which take pages and never finish one. */
class OrchestratorTest {
  @TempDir Path folder;
  private final CamelContext camel = new DefaultCamelContext();
  private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
  private final List<ScriptChange> changes = Collections.synchronizedList(new ArrayList<>());
  private Ledger ledger;
  private Orchestrator orchestrator;

  @BeforeEach
  void start() throws Exception {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    orchestrator =
        new Orchestrator(
            new HarvestSettings(
                1,
                Distribution.of(1, 3, 30, 10),
                StartSettings.NONE,
                Duration.ZERO,
                folder,
                new DataSettings(1, Duration.ZERO, 1)),
            ledger,
            InstantSource.system(),
            new VirtualTicker(),
            camel::getRouteController,
            background);
    orchestrator.listen(changes::add);
    camel.setRouteController(orchestrator.routeController());
    camel.addRoutePolicyFactory(orchestrator.routePolicies());
    camel.addRoutes(routes());
    camel.start();
  }

  private RouteBuilder routes() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        for (ScriptSnapshot script : orchestrator.snapshots()) {
          int id = script.script().id();
          from("scheduler:" + script.script().name() + "?initialDelay=0&delay=10&synchronous=true")
              .routeId(script.script().name())
              .autoStartup(false)
              .process(tick -> work(id));
        }
      }
    };
  }

  /** Takes a page and leaves it when the script stops. */
  private void work(int id) {
    OptionalInt page = orchestrator.reports().next(id);
    if (page.isPresent()) {
      orchestrator.reports().pageLeft(id);
    }
  }

  @AfterEach
  void stop() {
    orchestrator.shutdown();
    camel.stop();
    orchestrator.close();
    ledger.close();
  }

  private ScriptSnapshot script(int id) {
    return orchestrator.snapshot(id).orElseThrow();
  }

  private void awaitStatus(int id, ScriptStatus status) {
    await().atMost(Duration.ofSeconds(20)).until(() -> script(id).status() == status);
  }

  private String route() {
    return script(1).script().name();
  }

  private void awaitRoute(ServiceStatus status) {
    await().until(() -> camel.getRouteController().getRouteStatus(route()) == status);
  }

  @Test
  void aScriptThatIsStartedRunsItsRouteAndOneThatIsStoppedEndsIt() {
    assertThat(orchestrator.start(1)).isEqualTo(RequestResult.ACCEPTED);
    awaitStatus(1, ScriptStatus.RUNNING);
    awaitRoute(ServiceStatus.Started);
    assertThat(script(2).status()).isEqualTo(ScriptStatus.NOT_STARTED);
    assertThat(ledger.instance().runningScripts()).containsExactly(1);

    orchestrator.stop(1);
    awaitStatus(1, ScriptStatus.STOPPED);
    awaitRoute(ServiceStatus.Stopped);
    assertThat(script(1).lastError()).as("our own stop is nobody else's").isNull();
    assertThat(ledger.instance().runningScripts()).isEmpty();
  }

  @Test
  void aRouteStartedOrStoppedByOthersIsNoticed() throws Exception {
    camel.getRouteController().startRoute(route());
    awaitStatus(1, ScriptStatus.RUNNING);
    assertThat(orchestrator.reports().stopSignal(1).isStopped()).isFalse();
    await().until(() -> ledger.instance().runningScripts().contains(1));

    camel.getRouteController().stopRoute(route());
    awaitStatus(1, ScriptStatus.STOPPED);
    assertThat(orchestrator.reports().stopSignal(1).isStopped()).isTrue();
    assertThat(script(1).lastError()).contains("JMX");
    await().until(() -> ledger.instance().runningScripts().isEmpty());
  }

  @Test
  void aRouteSuspendedByOthersIsStoppedAndCanBeStartedByEitherSide() throws Exception {
    orchestrator.start(1);
    awaitStatus(1, ScriptStatus.RUNNING);
    awaitRoute(ServiceStatus.Started);
    camel.getRouteController().suspendRoute(route());
    awaitStatus(1, ScriptStatus.STOPPED);

    assertThat(orchestrator.start(1)).isEqualTo(RequestResult.ACCEPTED);
    awaitStatus(1, ScriptStatus.RUNNING);
    awaitRoute(ServiceStatus.Started);
    assertThat(script(1).lastError()).isNull();
    camel.getRouteController().stopRoute(route());
    awaitStatus(1, ScriptStatus.STOPPED);
    camel.getRouteController().startRoute(route());
    awaitStatus(1, ScriptStatus.RUNNING);
  }

  @Test
  void aStopByOthersCancelsAPendingStart() throws Exception {
    orchestrator.startAll(Set.of(1, 2), Duration.ofHours(1));
    awaitStatus(1, ScriptStatus.RUNNING);
    assertThat(script(2).status()).isEqualTo(ScriptStatus.STARTING);

    camel.getRouteController().stopRoute(script(2).script().name());

    awaitStatus(2, ScriptStatus.NOT_STARTED);
    await().until(() -> ledger.instance().runningScripts().equals(Set.of(1)));
    assertThat(script(2).lastError()).isNull();
  }

  /** Camel stops each route before it adds it. */
  @Test
  void theStopsOfRoutesThatAreAddedCancelNoStartAfterThem() throws Exception {
    CountDownLatch isAdded = new CountDownLatch(1);
    background.submit(() -> isAdded.await(20, TimeUnit.SECONDS));
    camel.addRoutes(routes());
    orchestrator.start(1);
    isAdded.countDown();
    awaitStatus(1, ScriptStatus.RUNNING);
  }

  @Test
  void stopAllCancelsPendingStarts() {
    orchestrator.startAll(Set.of(1, 2, 3), Duration.ofHours(1));
    awaitStatus(1, ScriptStatus.RUNNING);
    assertThat(script(2).status()).isEqualTo(ScriptStatus.STARTING);
    assertThat(orchestrator.sharers()).isEqualTo(3);

    orchestrator.stopAll();
    assertThat(script(2).status()).isEqualTo(ScriptStatus.NOT_STARTED);
    awaitStatus(1, ScriptStatus.STOPPED);
  }

  @Test
  void aShutdownIgnoresItsOwnRouteStopsAndKeepsScriptsMarkedAsRunning() {
    orchestrator.start(1);
    awaitStatus(1, ScriptStatus.RUNNING);
    orchestrator.shutdown();
    camel.stop();

    assertThat(ledger.instance().runningScripts()).containsExactly(1);
    assertThat(script(1).lastError()).isNull();
  }

  @Test
  void aNewListenerFirstReceivesTheStateOfEachScript() {
    assertThat(changes)
        .extracting(ScriptChange::before, ScriptChange::now)
        .containsOnly(tuple(ScriptStatus.NOT_STARTED, ScriptStatus.NOT_STARTED))
        .hasSize(3);

    orchestrator.start(2);
    awaitStatus(2, ScriptStatus.RUNNING);
    await().until(() -> changes.get(changes.size() - 1).now() == ScriptStatus.RUNNING);
  }

  private void complete(int id) {
    orchestrator.start(id);
    awaitStatus(id, ScriptStatus.RUNNING);
    ledger.pages().close(id, List.of(), null);
    awaitStatus(id, ScriptStatus.COMPLETED);
  }

  @Test
  void startsAndRetriesDuringAShutdownTakeEffectInTheNextProcess() {
    complete(1);
    ledger.documents().failed("a", 1, DocumentState.FAILED, "timeout", OptionalInt.empty());
    ledger
        .pages()
        .close(
            1,
            List.of(
                new UnstoredRow(
                    1, 1, "a", null, null, DocumentState.FAILED, "timeout", 0, null, null)),
            null);
    orchestrator.shutdown();

    orchestrator.start(2);
    assertThat(orchestrator.remedies().retryFailed(FailureFilter.ALL)).isEqualTo(1);

    assertThat(ledger.instance().runningScripts()).containsExactly(1, 2);
    assertThat(orchestrator.reports().stopSignal(2).isStopped()).as("none begins now").isTrue();
    assertThat(camel.getRouteController().getRouteStatus(script(2).script().name()))
        .isEqualTo(ServiceStatus.Stopped);
  }

  @Test
  void completionIsReportedEvenIfTheLastScriptWasBeingStopped() throws Exception {
    complete(1);
    complete(2);
    List<HarvestResult> told = Collections.synchronizedList(new ArrayList<>());
    orchestrator.whenCompleted(told::add);
    orchestrator.start(3);
    awaitStatus(3, ScriptStatus.RUNNING);
    orchestrator.listen(
        change -> {
          if (change.script().id() == 3 && change.now() == ScriptStatus.STOPPING) {
            ledger.pages().close(3, List.of(), null); // its last page ends after the stop
          }
        });

    orchestrator.stop(3);

    awaitStatus(3, ScriptStatus.COMPLETED);
    await().untilAsserted(() -> assertThat(told).hasSize(1));
  }

  @Test
  void completionIsReportedOnceEvenIfTheLastTwoScriptsCompleteTogether() throws Exception {
    complete(3);
    List<HarvestResult> told = Collections.synchronizedList(new ArrayList<>());
    orchestrator.whenCompleted(told::add);
    AtomicReference<Thread> second = new AtomicReference<>();
    orchestrator.start(1);
    orchestrator.start(2);
    awaitStatus(1, ScriptStatus.RUNNING);
    awaitStatus(2, ScriptStatus.RUNNING);
    orchestrator.listen(
        change -> {
          int id = change.script().id();
          if (change.now() == ScriptStatus.COMPLETED && id == 2) {
            second.set(Thread.currentThread());
          } else if (change.now() == ScriptStatus.COMPLETED && id == 1 && second.get() == null) {
            ledger.pages().close(2, List.of(), null); // before the first has told anybody
            await().until(() -> second.get() != null && second.get().getState() == BLOCKED);
          }
        });

    ledger.pages().close(1, List.of(), null);
    awaitRoute(ServiceStatus.Stopped);
    await().until(() -> camel.getInflightRepository().size() == 0);
    assertThat(told).hasSize(1);

    ledger.sweeps().reopen(1);
    orchestrator.remedies().retryFailed(FailureFilter.ALL);
    complete(1);
    await().untilAsserted(() -> assertThat(told).as("and again").hasSize(2));
  }
}
