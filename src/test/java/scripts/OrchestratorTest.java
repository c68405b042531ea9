package scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import config.DataSettings;
import config.HarvestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import ledger.Ledger;
import model.Distribution;
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
                0,
                Duration.ZERO,
                false,
                Duration.ZERO,
                folder,
                new DataSettings(1, Duration.ZERO, 1)),
            ledger,
            InstantSource.system(),
            new VirtualTicker(),
            camel::getRouteController);
    orchestrator.listen(changes::add);
    camel.addRoutePolicyFactory(orchestrator.routePolicies());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            for (ScriptSnapshot script : orchestrator.snapshots()) {
              int id = script.script().id();
              from("scheduler:"
                      + script.script().name()
                      + "?initialDelay=0&delay=10&synchronous=true")
                  .routeId(script.script().name())
                  .autoStartup(false)
                  .process(tick -> work(id));
            }
          }
        });
    camel.start();
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
  void startsThatWaitForTheirTurnAreCancelledByAStopOfAll() {
    orchestrator.startAll(Set.of(1, 2, 3), Duration.ofHours(1));
    awaitStatus(1, ScriptStatus.RUNNING);
    assertThat(script(2).status()).isEqualTo(ScriptStatus.STARTING);
    assertThat(orchestrator.sharers()).isEqualTo(3);

    orchestrator.stopAll();
    assertThat(script(2).status()).isEqualTo(ScriptStatus.NOT_STARTED);
    awaitStatus(1, ScriptStatus.STOPPED);
  }

  @Test
  void anInstanceThatGoesDownTakesNoNoticeOfItsRoutesAndScriptsStayMarkedAsRunning() {
    orchestrator.start(1);
    awaitStatus(1, ScriptStatus.RUNNING);
    orchestrator.shutdown();
    camel.stop();

    assertThat(ledger.instance().runningScripts()).containsExactly(1);
    assertThat(script(1).lastError()).isNull();
  }

  @Test
  void aListenerHearsFirstWhatEachScriptDoesNow() {
    assertThat(changes)
        .extracting(ScriptChange::before, ScriptChange::now)
        .containsOnly(tuple(ScriptStatus.NOT_STARTED, ScriptStatus.NOT_STARTED))
        .hasSize(3);

    orchestrator.start(2);
    awaitStatus(2, ScriptStatus.RUNNING);
    await().until(() -> changes.get(changes.size() - 1).now() == ScriptStatus.RUNNING);
  }
}
