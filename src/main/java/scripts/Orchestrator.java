package scripts;

import config.HarvestSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import ledger.Ledger;
import model.Distribution;
import model.LogContext;
import model.Script;
import model.Ticker;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.RoutePolicyFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the scripts of this instance, each of which is a Camel route, and keeps their
 * state. The scripts' routes report through {@link #reports}.
 */
public final class Orchestrator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);

  private final Mending mending;
  private final ScriptTable scripts;
  private final List<ScriptListener> listeners = new CopyOnWriteArrayList<>();
  private final ScriptRoutes routes;
  private final ScriptReports reports;
  private volatile boolean goingDown;
  private volatile Consumer<HarvestResult> whenCompleted = result -> {};

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
    this.routes = new ScriptRoutes(routes);
    Distribution distribution = harvest.distribution();
    Script last = distribution.scriptOfPage(distribution.pages());
    List<ScriptControl> own = new ArrayList<>();
    for (Script script : distribution.scriptsOf(harvest.instanceId())) {
      own.add(new ScriptControl(script, script.equals(last), ledger, this::tell, clock, ticker));
    }
    this.scripts = new ScriptTable(own, ledger.instance());
    this.mending = new Mending(ledger, scripts, ids -> startAll(ids, Duration.ZERO));
    this.reports =
        new ScriptReports(
            scripts,
            this.routes,
            distribution.pageSize(),
            this::startCompleted,
            this::tellCompleted);
  }

  private void tell(ScriptChange change) {
    listeners.forEach(listener -> listener.changed(change));
  }

  /** Tells the listener the current state of each script, and then every change. */
  public void listen(ScriptListener listener) {
    listeners.add(listener);
    scripts.all().forEach(script -> script.tell(listener));
  }

  /**
   * For a source that never changes what it has listed: a sweep tries again what failed, and the
   * last script looks for what has come.
   *
   * @param growth looks for it, and returns how many pages there are now; called on the script's
   *     own thread
   */
  public void follow(IntSupplier growth) {
    scripts.all().forEach(script -> script.follow(growth));
  }

  /** Gives each script's route a policy that notices when somebody else starts or stops it. */
  public RoutePolicyFactory routePolicies() {
    return new OutsideControl(scripts, routes).policies();
  }

  /** For Camel, so that a script's page ends at once when somebody else stops the route. */
  public RouteController routeController() {
    return new OutsideControl(scripts, routes).controller();
  }

  /** What the scripts' routes ask for and report. */
  public ScriptReports reports() {
    return reports;
  }

  /** What is done about documents that did not come. */
  public Mending mending() {
    return mending;
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

  private void startCompleted() {
    if (!goingDown) {
      startAll(scripts.completed(), Duration.ZERO);
    }
  }

  private synchronized List<Integer> start(Set<Integer> ids, int most, Duration delay) {
    List<Integer> started = new ArrayList<>();
    for (ScriptControl script : scripts.all()) {
      int id = script.script().id();
      if (started.size() < most && ids.contains(id) && script.start() == RequestResult.ACCEPTED) {
        started.add(id);
      }
    }
    scripts.remember(started, true);
    for (int turn = 0; turn < started.size(); turn++) {
      routes.start(scripts.get(started.get(turn)), delay.multipliedBy(turn));
    }
    return started;
  }

  /** Starts one script at once. */
  public synchronized RequestResult start(int id) {
    RequestResult result = scripts.get(id).start();
    if (result == RequestResult.ACCEPTED) {
      scripts.remember(List.of(id), true);
      routes.start(scripts.get(id), Duration.ZERO);
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
   * Walks a script's pages again, from the first, or looks for what has come to a source that it
   * {@link #follow follows}; starts it if it is not running.
   *
   * @return whether it starts at once; a stopping script does so when it is started again
   */
  public boolean sweep(int id) {
    scripts.get(id).sweep();
    return walk(id, "walks its pages again");
  }

  /** Like {@link #sweep}, and asks for stored documents, too, whether the portal has others now. */
  public boolean refresh(int id) {
    scripts.get(id).refresh();
    return walk(id, "walks its pages again, and asks for stored documents");
  }

  private boolean walk(int id, String words) {
    LogContext.script(id);
    LOG.info(words);
    LogContext.clear();
    return start(id) != RequestResult.STOPPING;
  }

  /**
   * A person accepts the page that the script holds open, as it is.
   *
   * @return that page; empty if it holds none
   */
  public OptionalInt accept(int id) {
    return scripts.get(id).accept();
  }

  /** Whether pages of the script are left. */
  public boolean isOpen(int id) {
    return scripts.get(id).status() != ScriptStatus.COMPLETED;
  }

  /**
   * How many scripts share the portal and the workers now, without waiting ones, which need little
   * of them.
   */
  public int sharers() {
    return scripts.count(ScriptStatus.RUNNING) + scripts.count(ScriptStatus.STARTING);
  }

  /** What has come of the pages that are done. */
  public HarvestResult result() {
    return HarvestResult.sum(scripts.all().stream().map(ScriptControl::result).toList());
  }

  /** Tells the result now if every script has completed, and whenever that is so again. */
  public void whenCompleted(Consumer<HarvestResult> told) {
    whenCompleted = told;
    tellCompleted();
  }

  private void tellCompleted() {
    if (scripts.count(ScriptStatus.COMPLETED) == scripts.all().size()) {
      whenCompleted.accept(result());
    }
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
