package app;

import api.ApiGate;
import api.AuditApi;
import api.BackgroundAudits;
import api.CaptchaApi;
import api.ControlApi;
import api.DocumentsApi;
import api.FailuresApi;
import api.Fleet;
import api.FleetApi;
import api.FleetControlApi;
import api.GovernorApi;
import api.HistoryApi;
import api.InstanceDescription;
import api.InstanceNotes;
import api.OpenApi;
import api.Self;
import api.StatusApi;
import api.StatusView;
import api.dto.GovernorData;
import api.dto.StatusData;
import api.web.WebPages;
import config.Configuration;
import config.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ledger.Ledger;
import model.Ticker;
import monitor.ErrorCounts;
import monitor.HarvestMetrics;
import monitor.Health;
import monitor.History;
import monitor.InstanceGauges;
import monitor.Marks;
import monitor.ScriptLogs;
import monitor.SystemFigures;
import org.apache.camel.RoutesBuilder;
import org.jspecify.annotations.Nullable;
import portal.http.Limits;
import routes.ApiControlRoutes;
import routes.ApiFleetRoutes;
import routes.ApiStateRoutes;
import scripts.Orchestrator;
import scripts.PendingCaptchas;

/** The parts that expose an instance to the outside: its health and its REST API. */
public final class ApiParts implements AutoCloseable {
  private final Configuration configuration;
  private final Ledger ledger;
  private final Orchestrator orchestrator;
  private final PendingCaptchas captchas;
  private final Limits limits;
  private final BackgroundAudits audits;
  private final ScheduledExecutorService executor;
  private final Ticker ticker;
  private final InstantSource clock = InstantSource.system();
  private final Self self;
  private final Fleet fleet;
  private @Nullable StatusApi status;
  private @Nullable History history;

  /**
   * @param executor runs measurements
   */
  public ApiParts(
      Configuration configuration,
      Ledger ledger,
      Orchestrator orchestrator,
      PendingCaptchas captchas,
      Limits limits,
      BackgroundAudits audits,
      ScheduledExecutorService executor) {
    this.configuration = configuration;
    this.ledger = ledger;
    this.orchestrator = orchestrator;
    this.captchas = captchas;
    this.limits = limits;
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

  /** Polls the other instances from now on; the API must listen, because a peer may be this one. */
  void followFleet() {
    new FleetRate(configuration, fleet, limits, clock).follow(executor);
  }

  /**
   * The REST API and the dashboards.
   *
   * @param checks have been started
   * @param logs folder for the logs
   */
  public List<RoutesBuilder> routes(
      ErrorCounts errors, HarvestMetrics metrics, HarvestView harvest, Health checks, Path logs) {
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
                () ->
                    new InstanceNotes(
                        harvest.total().latest(),
                        harvest.total().difference().stream().toList(),
                        governorData(),
                        QuotaFigures.of(harvest.quota()),
                        audits.last()),
                harvest.pageOf()),
            new ScriptLogs(logs),
            checks,
            clock);
    metrics
        .gauges()
        .captchas(captchas)
        .limits(limits)
        .machine(system)
        .health(checks)
        .audit(this::lastAudit);
    CaptchaApi captchaApi = new CaptchaApi(captchas, orchestrator, clock);
    ControlApi control = new ControlApi(orchestrator, configuration.harvest(), clock);
    HistoryApi historyApi = new HistoryApi(history(metrics), clock);
    return List.of(
        new ApiControlRoutes(
            control,
            new AuditApi(orchestrator, ledger, audits),
            captchaApi,
            new GovernorApi(
                configuration.portal().politeness().rate(),
                limits.concurrency(),
                this::governorData,
                limits::set)),
        new ApiStateRoutes(
            status,
            new FailuresApi(orchestrator, ledger.failures(), clock),
            new DocumentsApi(
                configuration.harvest().instanceId(), orchestrator, harvest.finder(), fleet, clock),
            historyApi,
            new OpenApi(Version.number())),
        new ApiFleetRoutes(
            new FleetApi(fleet, configuration.api().address(), status::data, clock),
            new FleetControlApi(
                configuration.harvest().instanceId(), control, captchaApi, historyApi, fleet)));
  }

  /** Stands in front of the API, once Camel has it in its registry and its servers call it. */
  public ApiGate gate() {
    return new ApiGate(
        configuration.api(),
        new WebPages(),
        problem -> Objects.requireNonNull(status).absent(problem),
        ticker);
  }

  private Optional<InstanceGauges.LastAudit> lastAudit() {
    return Optional.ofNullable(audits.last())
        .map(
            last ->
                new InstanceGauges.LastAudit(
                    last.findings(), last.gaps(), Instant.parse(last.finished())));
  }

  private GovernorData governorData() {
    return GovernorFigures.of(limits.state());
  }

  private History history(HarvestMetrics metrics) {
    Marks marks = new Marks(clock, orchestrator::isGoingDown);
    Path file = configuration.harvest().dataDir().resolve("history.json");
    History kept = new History(metrics, file, marks, clock, ticker);
    orchestrator.listen(marks);
    long every = History.EVERY.toMillis();
    executor.scheduleAtFixedRate(kept::sample, every, every, TimeUnit.MILLISECONDS);
    long saved = History.SAVED_EVERY.toMillis();
    executor.scheduleWithFixedDelay(kept::save, saved, saved, TimeUnit.MILLISECONDS);
    history = kept;
    return kept;
  }

  /** Keeps the history for the next process. */
  @Override
  public void close() {
    if (history != null) {
      history.save();
    }
  }
}
