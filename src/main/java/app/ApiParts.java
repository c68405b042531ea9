package app;

import api.ApiGate;
import api.AuditApi;
import api.BackgroundAudits;
import api.CaptchaApi;
import api.ControlApi;
import api.FailuresApi;
import api.Fleet;
import api.FleetApi;
import api.FleetControlApi;
import api.HarvestNotes;
import api.HistoryApi;
import api.InstanceDescription;
import api.OpenApi;
import api.Self;
import api.StatusApi;
import api.StatusView;
import api.dto.GovernorData;
import api.dto.StatusData;
import api.web.WebPages;
import config.ApiSettings;
import config.Configuration;
import config.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ledger.Ledger;
import model.ApiFormat;
import model.Redactor;
import model.Ticker;
import monitor.ErrorCounts;
import monitor.HarvestMetrics;
import monitor.Health;
import monitor.History;
import monitor.ProgressCheck;
import monitor.ScriptLogs;
import monitor.SystemFigures;
import org.jspecify.annotations.Nullable;
import pipeline.PortalTotal;
import portal.http.Governor;
import portal.http.Hold;
import routes.ApiRoutes;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import store.Bucket;
import store.Spool;

/** The parts that expose an instance to the outside: its health and its REST API. */
public final class ApiParts {
  /** In addition to the longest time for one document. */
  private static final Duration LONGEST_WITHOUT_PROGRESS = Duration.ofMinutes(10);

  private static final Duration PEER_POLL_INTERVAL = Duration.ofSeconds(15);

  private final Configuration configuration;
  private final Ledger ledger;
  private final Orchestrator orchestrator;
  private final PendingCaptchas captchas;
  private final Governor governor;
  private final BackgroundAudits audits;
  private final ScheduledExecutorService executor;
  private final Ticker ticker;
  private final InstantSource clock = InstantSource.system();
  private final Self self;
  private final Fleet fleet;
  private @Nullable StatusApi status;

  /**
   * @param executor runs health checks and measurements
   */
  public ApiParts(
      Configuration configuration,
      Ledger ledger,
      Orchestrator orchestrator,
      PendingCaptchas captchas,
      Governor governor,
      BackgroundAudits audits,
      ScheduledExecutorService executor) {
    this.configuration = configuration;
    this.ledger = ledger;
    this.orchestrator = orchestrator;
    this.captchas = captchas;
    this.governor = governor;
    this.audits = audits;
    this.executor = executor;
    this.ticker = Ticker.system(executor);
    this.self = new Self(configuration.harvest().instanceId(), configuration.identity());
    this.fleet = new Fleet(configuration.api(), self, clock);
  }

  /** This instance's state, once the API has its routes. */
  StatusData status() {
    return Objects.requireNonNull(status).data();
  }

  /** The other instances. */
  Fleet fleet() {
    return fleet;
  }

  /**
   * Starts the health checks of the instance.
   *
   * @param sinceAnswer how long ago the portal last responded; null if it never did
   */
  Health health(Spool spool, Bucket bucket, Supplier<@Nullable Duration> sinceAnswer) {
    Duration longest = LONGEST_WITHOUT_PROGRESS.plus(configuration.portal().timeouts().document());
    return new Health(executor, ticker)
        .tries(
            "ledger",
            "cannot be written",
            () -> {
              ledger.instance().heartbeat();
              return null;
            })
        .tries(
            "spool",
            "cannot be written",
            () -> {
              spool.tryOut();
              return null;
            })
        .tries(
            "store",
            "does not answer, or refuses",
            () -> {
              bucket.require();
              return null;
            })
        .asks("progress", new ProgressCheck(orchestrator::snapshots, sinceAnswer, longest));
  }

  /**
   * The REST API and the dashboards.
   *
   * @param total the number of documents that the portal lists
   * @param logs folder for the logs
   */
  public ApiRoutes routes(
      ErrorCounts errors, HarvestMetrics metrics, PortalTotal total, Health checks, Path logs) {
    ApiSettings api = configuration.api();
    SystemFigures system = new SystemFigures(configuration.harvest().dataDir(), executor);
    status =
        new StatusApi(
            orchestrator,
            new InstanceDescription(configuration),
            new StatusView(
                self,
                configuration.harvest(),
                system,
                errors,
                this::governorData,
                () -> new HarvestNotes(total.latest(), total.difference().stream().toList()),
                audits::last),
            new ScriptLogs(logs),
            checks,
            clock);
    ControlApi control = new ControlApi(orchestrator, configuration.harvest(), clock);
    executor.scheduleWithFixedDelay(
        fleet::look, 0, PEER_POLL_INTERVAL.toSeconds(), TimeUnit.SECONDS);
    return new ApiRoutes(
        control,
        new AuditApi(orchestrator, ledger, audits),
        status,
        new FailuresApi(orchestrator, ledger.failures(), clock),
        new HistoryApi(history(metrics), clock),
        new FleetApi(fleet, api.address(), status::data, clock),
        new FleetControlApi(configuration.harvest().instanceId(), control, fleet),
        new CaptchaApi(captchas, orchestrator, clock),
        new OpenApi(Version.number()),
        new ApiGate(api, new WebPages(), ticker));
  }

  private GovernorData governorData() {
    Governor.State state = governor.state();
    return new GovernorData(
        state.rate(),
        state.concurrency(),
        state.hold().map(hold -> ApiFormat.time(hold.until())).orElse(null),
        state.hold().map(Hold::reason).map(Redactor::redact).orElse(null));
  }

  private History history(HarvestMetrics metrics) {
    History history = new History(metrics, clock, ticker);
    long every = History.EVERY.toMillis();
    executor.scheduleAtFixedRate(history::sample, every, every, TimeUnit.MILLISECONDS);
    return history;
  }
}
