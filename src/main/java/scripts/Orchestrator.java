package scripts;

import config.HarvestSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import ledger.Ledger;
import model.Ticker;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.RoutePolicyFactory;
import platform.Threads;

/**
 * Starts and stops the scripts of this instance, each of which is a Camel route, and keeps their
 * state. The scripts' routes report through {@link #reports}.
 */
public final class Orchestrator implements AutoCloseable {
  private final Remedies remedies;
  private final Walks walks;
  private final ScriptTable scripts;
  private final ScriptListeners listeners = new ScriptListeners();
  private final HarvestEnd end;
  private final ScriptRoutes routes;
  private final ScriptReports reports;
  private volatile boolean goingDown;

  /**
   * @param harvest the scripts of this instance, among others
   * @param clock the wall clock
   * @param ticker for waits and rates
   * @param routes Camel's route controller, available after the start of Camel
   */
  public Orchestrator(
      HarvestSettings harvest,
      Ledger ledger,
      InstantSource clock,
      Ticker ticker,
      Supplier<RouteController> routes) {
    this(harvest, ledger, clock, ticker, routes, Threads.scheduled("orchestrator", 1));
  }

  /**
   * @param background the thread on which routes are started and stopped
   */
  public Orchestrator(
      HarvestSettings harvest,
      Ledger ledger,
      InstantSource clock,
      Ticker ticker,
      Supplier<RouteController> routes,
      ScheduledExecutorService background) {
    this.scripts = ScriptTable.of(harvest, ledger, listeners, clock, ticker);
    this.end = new HarvestEnd(scripts);
    this.routes = new ScriptRoutes(routes, background, end::completed);
    listeners.add(end);
    this.remedies = new Remedies(ledger, scripts, this::startCompleted);
    this.walks = new Walks(scripts, this::start, listeners);
    this.reports =
        new ScriptReports(
            scripts,
            this.routes,
            harvest.distribution().pageSize(),
            this::startCompleted,
            end::completed);
  }

  /** Tells the listener the current state of each script, and then every change. */
  public void listen(ScriptListener listener) {
    listeners.add(listener);
    scripts.all().forEach(script -> script.tell(listener));
  }

  /**
   * For a source that never changes what it has listed: a sweep retries what failed, and the last
   * script looks for new pages.
   *
   * @param growth looks for new pages for a script, and returns how many pages there are now;
   *     called on the script's own thread
   */
  public void follow(IntUnaryOperator growth) {
    for (ScriptControl script : scripts.all()) {
      script.work().follow(() -> growth.applyAsInt(script.script().id()));
    }
  }

  /** Gives each script's route a policy that notices when somebody else starts or stops it. */
  public RoutePolicyFactory routePolicies() {
    return new OutsideControl(scripts, routes, this::unlessGoingDown).policies();
  }

  /** For Camel, so that a script's page ends at once when somebody else stops the route. */
  public RouteController routeController() {
    return new OutsideControl(scripts, routes, this::unlessGoingDown).controller();
  }

  private synchronized void unlessGoingDown(Runnable change) {
    if (!goingDown) {
      change.run();
    }
  }

  /** What the scripts' routes ask for and report. */
  public ScriptReports reports() {
    return reports;
  }

  /** Retries, repairs and acceptances of failed documents. */
  public Remedies remedies() {
    return remedies;
  }

  /** Sweeps over pages that were complete. */
  public Walks walks() {
    return walks;
  }

  /** Whether the instance is shutting down, so that nothing can be started. */
  public boolean isGoingDown() {
    return goingDown;
  }

  /**
   * Starts the first scripts that are neither running nor completed, one every {@code delay}.
   *
   * @return the scripts being started
   */
  public List<Integer> startFirst(int count, Duration delay) {
    return start(scripts.ids(), count, delay);
  }

  /** Starts those of these scripts that have work left, one every {@code delay}. */
  public void startAll(Set<Integer> ids, Duration delay) {
    start(ids, ids.size(), delay);
  }

  /** Starts the completed scripts that have work again. */
  private synchronized void startCompleted() {
    begin(scripts.all().stream().filter(ScriptControl::startAgain).toList(), Duration.ZERO);
  }

  private synchronized List<Integer> start(Set<Integer> ids, int most, Duration delay) {
    List<ScriptControl> started = new ArrayList<>();
    for (ScriptControl script : scripts.all()) {
      int id = script.script().id();
      if (started.size() < most && ids.contains(id) && script.start() == RequestResult.ACCEPTED) {
        started.add(script);
      }
    }
    return begin(started, delay);
  }

  /**
   * While the instance is shutting down, they are only recorded, and start with the next process.
   */
  private List<Integer> begin(List<ScriptControl> scripts, Duration delay) {
    List<Integer> started = scripts.stream().map(script -> script.script().id()).toList();
    this.scripts.remember(started, true);
    for (int turn = 0; turn < scripts.size() && !goingDown; turn++) {
      routes.start(scripts.get(turn), delay.multipliedBy(turn));
    }
    return started;
  }

  /** Starts one script at once. */
  public synchronized RequestResult start(int id) {
    RequestResult result = scripts.get(id).start();
    if (result == RequestResult.ACCEPTED) {
      begin(List.of(scripts.get(id)), Duration.ZERO);
    }
    return result;
  }

  /** Stops one script, which ends between two documents shortly afterwards. */
  public synchronized RequestResult stop(int id) {
    RequestResult result = scripts.get(id).stop();
    if (result == RequestResult.ACCEPTED) {
      scripts.remember(List.of(id), false);
      routes.wind(scripts.get(id));
    }
    return result;
  }

  /** Stops every script of this instance, and cancels pending starts. */
  public synchronized void stopAll() {
    List<ScriptControl> stopped =
        scripts.all().stream().filter(script -> script.stop() == RequestResult.ACCEPTED).toList();
    scripts.remember(stopped.stream().map(script -> script.script().id()).toList(), false);
    stopped.forEach(routes::wind);
  }

  /**
   * Stops all scripts for a shutdown; they stay marked as running, to continue at the next start.
   */
  public synchronized void shutdown() {
    goingDown = true;
    routes.ignoreOthers(); // Camel stops its routes now
    scripts.all().stream()
        .filter(script -> script.stop() == RequestResult.ACCEPTED)
        .forEach(routes::wind);
  }

  /** Whether any script is working on a page. */
  public boolean isAtWork() {
    return scripts.all().stream().anyMatch(ScriptControl::isPageInWork);
  }

  /**
   * Accepts, for a person, the page that the script holds open, as it is.
   *
   * @return that page; empty if it holds none
   */
  public OptionalInt accept(int id) {
    return scripts.get(id).work().accept();
  }

  /** Whether pages of the script are left. */
  public boolean isOpen(int id) {
    return scripts.get(id).status() != ScriptStatus.COMPLETED;
  }

  /**
   * How many scripts currently share the portal and the workers. Waiting scripts do not count,
   * since they need little of either.
   */
  public int sharers() {
    return scripts.count(ScriptStatus.RUNNING) + scripts.count(ScriptStatus.STARTING);
  }

  /** The result of the pages that are complete. */
  public HarvestResult result() {
    return end.result();
  }

  /**
   * Passes on the result now if every script has completed, and again whenever that is the case.
   */
  public void whenCompleted(Consumer<HarvestResult> told) {
    end.whenCompleted(told);
  }

  /** The current state of all scripts. */
  public List<ScriptSnapshot> snapshots() {
    return scripts.all().stream().map(ScriptControl::snapshot).toList();
  }

  /** The current state of one script; empty if it is not of this instance. */
  public Optional<ScriptSnapshot> snapshot(int id) {
    return scripts.has(id) ? Optional.of(scripts.get(id).snapshot()) : Optional.empty();
  }

  @Override
  public void close() {
    routes.close();
  }
}
