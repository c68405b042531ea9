package scripts;

import config.HarvestSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import ledger.Ledger;
import ledger.LedgerException;
import model.Distribution;
import model.LogContext;
import model.Script;
import model.StopSignal;
import model.Ticker;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the scripts of this instance, each of which is a Camel route, and keeps their
 * state. The scripts' routes report through {@link #next}, {@link #pageDone} and similar methods.
 */
public final class Orchestrator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);

  private final Ledger ledger;
  private final int pageSize;
  private final Map<Integer, ScriptControl> scripts = new LinkedHashMap<>();
  private final List<ScriptListener> listeners = new CopyOnWriteArrayList<>();
  private final ScriptRoutes routes;
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
    this.ledger = ledger;
    this.routes = new ScriptRoutes(routes);
    Distribution distribution = harvest.distribution();
    this.pageSize = distribution.pageSize();
    Script last = distribution.scriptOfPage(distribution.pages());
    for (Script script : distribution.scriptsOf(harvest.instanceId())) {
      scripts.put(
          script.id(),
          new ScriptControl(script, script.equals(last), ledger, this::tell, clock, ticker));
    }
  }

  private void tell(ScriptChange change) {
    listeners.forEach(listener -> listener.changed(change));
  }

  /** Tells the listener the current state of each script, and then every change. */
  public void listen(ScriptListener listener) {
    listeners.add(listener);
    scripts.values().forEach(script -> script.tell(listener));
  }

  /** Gives each script's route a policy that notices when somebody else starts or stops it. */
  public RoutePolicyFactory routePolicies() {
    return (camel, routeId, route) ->
        scripts.values().stream()
            .filter(script -> script.script().name().equals(routeId))
            .findFirst()
            .map(this::policy)
            .orElse(null);
  }

  private RoutePolicy policy(ScriptControl script) {
    return routes.policy(
        script, () -> startedFromOutside(script), () -> stoppedFromOutside(script));
  }

  private void startedFromOutside(ScriptControl script) {
    LOG.info("was started from outside");
    script.startedFromOutside();
    remember(List.of(script.script().id()), true);
  }

  private void stoppedFromOutside(ScriptControl script) {
    LOG.info("was stopped from outside");
    script.stoppedFromOutside();
    remember(List.of(script.script().id()), false);
    wind(script);
  }

  /**
   * Records it for the next start of the instance; a failure does not affect the current operation.
   */
  private void remember(Collection<Integer> ids, boolean running) {
    try {
      ledger.instance().setRunning(ids, running);
    } catch (LedgerException e) {
      LOG.warn(
          "the state of scripts {} could not be saved for the next start: {}", ids, e.getMessage());
    }
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
    return start(scripts.keySet(), count, delay);
  }

  /** Starts those of these scripts that have work left, one every {@code delay}. */
  public void startAll(Set<Integer> ids, Duration delay) {
    start(ids, ids.size(), delay);
  }

  private synchronized List<Integer> start(Set<Integer> ids, int most, Duration delay) {
    List<Integer> started = new ArrayList<>();
    for (ScriptControl script : scripts.values()) {
      int id = script.script().id();
      if (started.size() < most && ids.contains(id) && script.start() == RequestResult.ACCEPTED) {
        started.add(id);
      }
    }
    remember(started, true);
    for (int turn = 0; turn < started.size(); turn++) {
      routes.start(control(started.get(turn)), delay.multipliedBy(turn));
    }
    return started;
  }

  /** Starts one script at once. */
  public synchronized RequestResult start(int id) {
    RequestResult result = control(id).start();
    if (result == RequestResult.ACCEPTED) {
      remember(List.of(id), true);
      routes.start(control(id), Duration.ZERO);
    }
    return result;
  }

  /** Stops one script, which ends between two documents shortly afterwards. */
  public synchronized RequestResult stop(int id) {
    RequestResult result = control(id).stop();
    if (result == RequestResult.ACCEPTED) {
      remember(List.of(id), false);
      wind(control(id));
    }
    return result;
  }

  private void wind(ScriptControl script) {
    routes.cancelStart(script);
    if (!script.isPageInWork()) {
      routes.end(script);
    }
  }

  /** Stops every script of this instance, and cancels pending starts. */
  public synchronized void stopAll() {
    List<ScriptControl> stopped =
        scripts.values().stream()
            .filter(script -> script.stop() == RequestResult.ACCEPTED)
            .toList();
    remember(stopped.stream().map(script -> script.script().id()).toList(), false);
    stopped.forEach(this::wind);
  }

  /**
   * Stops all scripts for a shutdown; they stay marked as running, to continue at the next start.
   */
  public synchronized void shutdown() {
    goingDown = true;
    routes.ignoreOthers(); // Camel stops its routes now
    scripts.values().stream()
        .filter(script -> script.stop() == RequestResult.ACCEPTED)
        .forEach(this::wind);
  }

  /** Whether any script is working on a page. */
  public boolean isAtWork() {
    return scripts.values().stream().anyMatch(ScriptControl::isPageInWork);
  }

  /**
   * Walks a script's pages again, from the first; starts it if it is not running.
   *
   * @return whether it starts at once; a stopping script does so when it is started again
   */
  public boolean sweep(int id) {
    ScriptControl script = control(id);
    script.sweep();
    LogContext.script(id);
    LOG.info("walks its pages again");
    LogContext.clear();
    return start(id) != RequestResult.STOPPING;
  }

  /** The next page of the script; empty if there is nothing to do at the moment. */
  public OptionalInt next(int id) {
    ScriptControl script = control(id);
    OptionalInt page = script.next();
    if (script.hasJustCompleted()) {
      remember(List.of(id), false);
      routes.end(script);
      script.walkEnd().ifPresent(LOG::info);
    }
    return page;
  }

  /**
   * The stop signal of the script's current run. A page keeps the signal it started with, because
   * the script gets a new one after a stop and a start.
   */
  public StopSignal stopSignal(int id) {
    return control(id).stopSignal();
  }

  /**
   * Called when a page was listed.
   *
   * @param total the portal's total; empty if it names none
   * @return the total when the script last read a page; empty if unknown, or if the portal names
   *     none now
   */
  public OptionalLong listed(int id, OptionalLong total) {
    progressed(id);
    if (total.isEmpty()) {
      return total;
    }
    long documents = total.getAsLong();
    control(id).listed((documents - 1) / pageSize + 1);
    return control(id).sawTotal(documents);
  }

  /** Called when the work on the page makes progress. */
  public void progressed(int id) {
    control(id).progressed();
  }

  /**
   * Called when the portal asks for a captcha: the script waits for a person, in the middle of its
   * page, until {@link #progressed} is called or it is stopped.
   */
  public void waitsForPerson(int id) {
    control(id).waitsForPerson();
  }

  /**
   * Called again and again while a request of the script waits.
   *
   * @param words why the portal holds it back for long, and until when; empty if it does not
   */
  public void heldBack(int id, Optional<String> words) {
    control(id).heldBack(words);
  }

  /** Called when a document of the script was stored. */
  public void stored(int id) {
    control(id).stored();
  }

  /** Called when the page is complete. */
  public void pageDone(int id) {
    int looks = control(id).pageDone();
    if (looks > 0) {
      LOG.info("documents that were gone, and are looked for once more: {}", looks);
    }
    if (looks > 0 && !goingDown) {
      startAll(completed(), Duration.ZERO); // their pages may list one, too
    }
    endIfStopping(id);
  }

  /** Called when the page was left unfinished because the script stops. */
  public void pageLeft(int id) {
    control(id).pageLeft();
    endIfStopping(id);
  }

  /** Called when the page failed; it will be tried again, with growing waits. */
  public void pageFailed(int id, WaitingReason reason, String error) {
    waits(id, reason, error, control(id).pageFailed(reason, error));
  }

  /** Called when nothing of the page could be had: it stays open, and is looked at again. */
  public void pageHeld(int id, WaitingReason reason, String error) {
    waits(id, reason, error, control(id).pageHeld(reason, error));
  }

  /**
   * How often the script has looked again at a page that it holds; empty if it does not hold it.
   */
  public OptionalInt looks(int id, int page) {
    return control(id).looks(page);
  }

  /**
   * A person accepts the page that the script holds open, as it is.
   *
   * @return that page; empty if it holds none
   */
  public OptionalInt accept(int id) {
    return control(id).accept();
  }

  private void waits(int id, WaitingReason reason, String error, Duration wait) {
    LOG.warn("waits {} s for the {}: {}", wait.toSeconds(), reason.word(), error);
    endIfStopping(id);
  }

  /** Called when the page failed for a reason that a person must fix. */
  public void broken(int id, String error) {
    ScriptControl script = control(id);
    script.broken(error);
    routes.end(script);
    remember(List.of(id), false);
  }

  private void endIfStopping(int id) {
    if (control(id).status() == ScriptStatus.STOPPING) {
      routes.end(control(id));
    }
  }

  /**
   * Queues every failed document again. Completed scripts start on them at once.
   *
   * @return the number of documents
   */
  public int retryFailed() {
    Set<Integer> completed = completed();
    int queued = ledger.retries().requeueFailed();
    startAll(completed, Duration.ZERO);
    return queued;
  }

  private Set<Integer> completed() {
    Set<Integer> completed = new TreeSet<>();
    for (ScriptControl script : scripts.values()) {
      if (script.status() == ScriptStatus.COMPLETED) {
        completed.add(script.script().id());
      }
    }
    return completed;
  }

  /** Whether pages of the script are left. */
  public boolean isOpen(int id) {
    return control(id).status() != ScriptStatus.COMPLETED;
  }

  private int count(ScriptStatus status) {
    return (int) scripts.values().stream().filter(script -> script.status() == status).count();
  }

  /**
   * How many scripts share the portal and the workers now, without waiting ones, which need little
   * of them.
   */
  public int sharers() {
    return count(ScriptStatus.RUNNING) + count(ScriptStatus.STARTING);
  }

  /** The current state of all scripts. */
  public List<ScriptSnapshot> snapshots() {
    return scripts.values().stream().map(ScriptControl::snapshot).toList();
  }

  /** The current state of one script; empty if it is not of this instance. */
  public Optional<ScriptSnapshot> snapshot(int id) {
    return Optional.ofNullable(scripts.get(id)).map(ScriptControl::snapshot);
  }

  private ScriptControl control(int id) {
    ScriptControl script = scripts.get(id);
    if (script == null) {
      throw new IllegalArgumentException("script " + id + " is not of this instance");
    }
    return script;
  }

  @Override
  public void close() {
    routes.close();
  }
}
