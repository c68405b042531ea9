package app;

import config.PortalSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import ledger.Ledger;
import model.StopSignal;
import model.Ticker;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.CamelPortalHttp;
import pipeline.PipelineListener;
import pipeline.PortalSteps;
import portal.Dialect;
import portal.PortalHttp;
import portal.SessionMemory;
import portal.http.Governor;
import portal.http.PortalClient;
import portal.http.ResponseReader;
import portal.http.RobotsGate;
import portal.http.Transfers;
import scripts.Orchestrator;

/**
 * The parts that talk to the portal: governor, HTTP client, robots.txt, the dialect with its
 * sessions.
 */
final class PortalParts {
  private static final Logger LOG = LoggerFactory.getLogger(PortalParts.class);

  private final PortalSettings settings;
  private final Ledger ledger;
  private final Orchestrator orchestrator;
  private final Governor governor;
  private final Transfers transfers;
  private final PortalSteps steps;
  private final RobotsGate robots;
  private final Dialect dialect;
  private final Supplier<ProducerTemplate> templates;
  private final Map<Integer, Dialect.Session> sessions = new ConcurrentHashMap<>();

  /**
   * @param dialect how this kind of portal is spoken to
   * @param templates makes what sends a request down its route, once Camel runs
   */
  PortalParts(
      PortalSettings settings,
      Dialect dialect,
      Ledger ledger,
      Orchestrator orchestrator,
      Ticker ticker,
      PipelineListener listener,
      Supplier<ProducerTemplate> templates) {
    this.settings = settings;
    this.ledger = ledger;
    this.orchestrator = orchestrator;
    this.governor =
        new Governor(
            settings.politeness().rate(),
            settings.politeness().concurrency(),
            orchestrator::sharers,
            ticker);
    this.transfers = new Transfers(ticker, settings.timeouts().document());
    this.steps =
        new PortalSteps(
            governor,
            transfers,
            new ResponseReader(settings.maxDocumentBytes(), InstantSource.system()),
            settings.politeness().userAgent(),
            listener);
    this.dialect = dialect;
    this.robots = new RobotsGate(settings.allowedHosts(), governor::keepApart, ticker);
    if (!settings.politeness().obeyRobots()) {
      LOG.warn("robots.txt is not read: the operator has set portal.robots=ignore");
    }
    this.templates = templates;
  }

  Governor governor() {
    return governor;
  }

  PortalSteps steps() {
    return steps;
  }

  /** The session of a script with the portal, always the same one. */
  Dialect.Session session(int script) {
    return sessions.computeIfAbsent(script, id -> dialect.open(door(id), memory(id)));
  }

  private SessionMemory memory(int script) {
    return new SessionMemory() {
      @Override
      public Optional<String> recall() {
        return ledger.session(script);
      }

      @Override
      public void keep(String state) {
        ledger.keepSession(script, state);
      }
    };
  }

  private PortalHttp door(int script) {
    Supplier<StopSignal> stop = () -> orchestrator.stopSignal(script);
    PortalHttp door = new CamelPortalHttp(templates.get(), script, stop);
    return settings.politeness().obeyRobots() ? robots.before(door, stop) : door;
  }

  HttpComponent http() {
    return PortalClient.create(
        settings.politeness().concurrency(),
        settings.timeouts().connect(),
        settings.timeouts().response(),
        transfers);
  }
}
