package app;

import config.PortalSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import model.Concurrency;
import model.StopSignal;
import model.Ticker;
import org.apache.camel.component.http.HttpComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener;
import pipeline.PortalSteps;
import portal.PortalHttp;
import portal.http.Governor;
import portal.http.LargePages;
import portal.http.PortalClient;
import portal.http.ResponseReader;
import portal.http.RobotsGate;
import portal.http.Transfers;
import store.SpoolFiles;
import store.SpoolRoom;

/** The transport of requests to the portal: robots.txt, governor, HTTP client. */
final class PortalTransport {
  private static final Logger LOG = LoggerFactory.getLogger(PortalTransport.class);

  private final PortalSettings settings;
  private final Governor governor;
  private final Transfers transfers;
  private final ResponseReader reader;
  private final PortalSteps steps;
  private final RobotsGate robots;

  /**
   * @param governor lets every request through
   * @param files of the spool
   * @param room in the spool
   */
  PortalTransport(
      PortalSettings settings,
      Governor governor,
      Ticker ticker,
      InstantSource clock,
      SpoolFiles files,
      SpoolRoom room,
      PipelineListener listener) {
    this.settings = settings;
    this.governor = governor;
    this.transfers = new Transfers(ticker, settings.timeouts().document(), settings.proxies());
    this.reader = new ResponseReader(settings.maxDocumentBytes(), files, room, clock);
    this.steps = new PortalSteps(governor, transfers, reader, headers(settings), ticker, listener);
    this.robots = new RobotsGate(settings.allowedHosts(), governor.limits()::keepApart, ticker);
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

  /** Who may have a large page in memory. */
  LargePages largePages() {
    return reader.largePages();
  }

  HttpComponent http() {
    return PortalClient.create(
        Concurrency.MOST,
        settings.timeouts().connect(),
        settings.timeouts().response(),
        settings.authorities(),
        transfers);
  }

  /**
   * Wraps a {@link PortalHttp} with the checks of robots.txt, if that is obeyed.
   *
   * @param party who sends the requests
   */
  PortalHttp behindRobots(PortalHttp door, Object party, Supplier<StopSignal> stop) {
    return settings.politeness().obeyRobots()
        ? robots.before(door, stop, () -> governor.waits(party))
        : door;
  }
}
