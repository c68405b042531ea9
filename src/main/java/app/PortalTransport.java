package app;

import config.PortalSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import model.StopSignal;
import model.Ticker;
import org.apache.camel.component.http.HttpComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener;
import pipeline.PortalSteps;
import portal.PortalHttp;
import portal.http.Governor;
import portal.http.PortalClient;
import portal.http.ResponseReader;
import portal.http.RobotsGate;
import portal.http.Transfers;
import store.SpoolRoom;

/** The transport of requests to the portal: robots.txt, governor, HTTP client. */
final class PortalTransport {
  private static final Logger LOG = LoggerFactory.getLogger(PortalTransport.class);

  private final PortalSettings settings;
  private final Governor governor;
  private final Transfers transfers;
  private final PortalSteps steps;
  private final RobotsGate robots;

  /**
   * @param sharers how many scripts share the requests now
   * @param room in the spool
   * @param waits is told while requests of a script wait
   */
  PortalTransport(
      PortalSettings settings,
      IntSupplier sharers,
      Governor.Observer waits,
      Ticker ticker,
      SpoolRoom room,
      PipelineListener listener) {
    this.settings = settings;
    this.governor =
        new Governor(
            settings.politeness().rate(),
            settings.politeness().concurrency(),
            sharers,
            ticker,
            InstantSource.system(),
            waits);
    this.transfers = new Transfers(ticker, settings.timeouts().document(), settings.proxies());
    this.steps =
        new PortalSteps(
            governor,
            transfers,
            new ResponseReader(settings.maxDocumentBytes(), room, InstantSource.system()),
            headers(settings),
            ticker,
            listener);
    this.robots = new RobotsGate(settings.allowedHosts(), governor::keepApart, ticker);
    if (!settings.politeness().obeyRobots()) {
      LOG.warn("robots.txt is not read: the operator has set portal.robots=ignore");
    }
  }

  private static Map<String, String> headers(PortalSettings settings) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", settings.politeness().userAgent());
    headers.putAll(settings.headers());
    return headers;
  }

  Governor governor() {
    return governor;
  }

  PortalSteps steps() {
    return steps;
  }

  HttpComponent http() {
    return PortalClient.create(
        settings.politeness().concurrency(),
        settings.timeouts().connect(),
        settings.timeouts().response(),
        settings.authorities(),
        transfers);
  }

  /** Wraps a {@link PortalHttp} with the checks of robots.txt, if that is obeyed. */
  PortalHttp behindRobots(PortalHttp door, Supplier<StopSignal> stop) {
    return settings.politeness().obeyRobots() ? robots.before(door, stop) : door;
  }
}
