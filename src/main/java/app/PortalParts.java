package app;

import config.Configuration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import ledger.Ledger;
import model.StopSignal;
import model.web.WebAddress;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import pipeline.CamelPortalHttp;
import pipeline.PipelineListener;
import pipeline.PortalSteps;
import portal.Desk;
import portal.Dialect;
import portal.Permit;
import portal.PortalHttp;
import portal.SessionMemory;
import portal.Workplace;
import portal.http.Governor;
import portal.http.Hold;
import portal.http.Limits;
import scripts.ScriptReports;
import store.Spool;
import store.SpoolRoom;

/** The parts that talk to the portal: the transport, and the dialect with its sessions. */
final class PortalParts {
  private final PortalTransport transport;
  private final Dialect dialect;
  private final Ledger ledger;
  private final ScriptReports reports;
  private final Supplier<ProducerTemplate> templates;
  private final Map<Integer, PortalHttp> doors = new ConcurrentHashMap<>();
  private final Map<Integer, Dialect.Session> sessions = new ConcurrentHashMap<>();

  /**
   * @param dialect the dialect of the configured portal type
   * @param templates creates the template that sends requests to their route, once Camel is running
   */
  PortalParts(
      PortalTransport transport,
      Dialect dialect,
      Ledger ledger,
      ScriptReports reports,
      Supplier<ProducerTemplate> templates) {
    this.transport = transport;
    this.dialect = dialect;
    this.ledger = ledger;
    this.reports = reports;
    this.templates = templates;
  }

  /**
   * The parts of an instance.
   *
   * @param room in the spool
   */
  static PortalParts of(
      CoreParts core,
      PortalTypes types,
      Spool spool,
      SpoolRoom room,
      PipelineListener listener,
      Supplier<ProducerTemplate> templates) {
    Configuration configuration = core.configuration();
    ScriptReports reports = core.orchestrator().reports();
    InstantSource clock = InstantSource.system();
    Governor governor =
        new Governor(
            configuration.portal().politeness().rate(),
            core.pools().requests(),
            core.orchestrator()::sharers,
            core.ticker(),
            clock,
            (script, hold) -> reports.heldBack((int) script, hold.map(Hold::words)));
    Workplace place =
        new Workplace(
            configuration,
            core.data().resolve("opendata"),
            spool,
            room,
            core.store(),
            core.storeCalls());
    return new PortalParts(
        new PortalTransport(
            configuration.portal(), governor, core.ticker(), clock, spool.files(), room, listener),
        types.dialect(configuration, core.ticker(), clock, place),
        core.ledger(),
        reports,
        templates);
  }

  /** The current limits of the requests to the portal. */
  Limits limits() {
    return transport.governor().limits();
  }

  PortalSteps steps() {
    return transport.steps();
  }

  HttpComponent http() {
    return transport.http();
  }

  /**
   * Looks, for a script, for new pages of a source that never changes what it has listed; returns
   * how many pages there are now.
   */
  Optional<IntUnaryOperator> growth() {
    return dialect.growth().map(growth -> script -> growth.applyAsInt(desk(script)));
  }

  /** Whether the first of several instances to store a document must win. */
  boolean firstStoredWins() {
    return dialect.firstStoredWins();
  }

  /** The id of the document at an address; empty if nobody could fetch it. */
  Optional<String> idOf(WebAddress address) {
    return dialect.idOf(address);
  }

  /** The session of a script with the portal, always the same one. */
  Dialect.Session session(int script) {
    return sessions.computeIfAbsent(
        script, id -> transport.largePages().around(dialect.open(door(id), memory(id), desk(id))));
  }

  private PortalHttp door(int script) {
    Supplier<StopSignal> stop = () -> reports.stopSignal(script);
    return transport.behindRobots(unguarded(script), script, stop);
  }

  private Desk desk(int script) {
    return new Desk() {
      @Override
      public Permit enter() {
        return transport.governor().enter(script, stop());
      }

      @Override
      public StopSignal stop() {
        return reports.stopSignal(script);
      }
    };
  }

  /** Whether a listing vouches for a host that a row names. */
  boolean isSpokenFor(WebAddress host) {
    return dialect.speaksForAllHosts();
  }

  /** Access to the portal for requests that no robots.txt need allow. */
  PortalHttp unguarded(int script) {
    return doors.computeIfAbsent(
        script, id -> new CamelPortalHttp(templates.get(), id, () -> reports.stopSignal(id)));
  }

  private SessionMemory memory(int script) {
    return new SessionMemory() {
      @Override
      public Optional<String> recall() {
        return ledger.instance().session(script);
      }

      @Override
      public void keep(String state) {
        ledger.instance().keepSession(script, state);
      }
    };
  }
}
