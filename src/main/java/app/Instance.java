package app;

import alerts.Alerts;
import api.ApiGate;
import api.dto.StatusData;
import cli.KnownDocuments;
import config.Configuration;
import config.UsageException;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import ledger.DataFolder;
import monitor.ErrorCounts;
import monitor.Health;
import monitor.LastAnswer;
import monitor.OutOfMemoryNotifier;
import monitor.PageTraces;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import pipeline.DayQuota;
import pipeline.PipelineListener;
import routes.PortalRoutes;
import scripts.Orchestrator;
import store.Spool;
import store.SpoolRoom;

/** One running instance: wires everything together, from the data folder to the REST API. */
public final class Instance implements AutoCloseable {
  private final Configuration configuration;
  private final PortalTypes types;
  private final Servers servers;
  private final CoreParts core;
  private final Orchestrator orchestrator;
  private final HarvestCheck harvest;
  private final Meters meters = new Meters();
  private final AuditSchedule audits;
  private final Main camel = CamelMain.create();
  private @Nullable ApiParts api;
  private @Nullable Alerts alerts;
  private @Nullable PageTraces traces;
  private long storedBefore;

  /**
   * Locks the data folder and opens the ledger. Nothing runs yet.
   *
   * @param types the possible values of {@code portal.type}
   * @throws DataFolder.HeldException if another process holds the data folder
   * @throws IOException if the data folder cannot be used
   */
  public Instance(Configuration configuration, PortalTypes types)
      throws DataFolder.HeldException, IOException {
    this.configuration = configuration;
    this.types = types;
    this.servers = new Servers(configuration.api());
    this.core =
        CoreParts.open(
            configuration, meters.store(), () -> camel.getCamelContext().getRouteController());
    this.orchestrator = core.orchestrator();
    this.harvest =
        new HarvestCheck(
            configuration.identity(),
            configuration.store().bucket(),
            core.ledger().instance(),
            core.store(),
            core.pools().health());
    this.audits =
        new AuditSchedule(
            configuration,
            () ->
                new KnownDocuments(
                    configuration.store().prefix(), core.data()::known, configuration.api()),
            core.data().resolve("audit.json"),
            InstantSource.system());
  }

  /** Starts Camel and the API, then the scripts that start with the instance. */
  public void start() throws Exception {
    ErrorCounts errors = new ErrorCounts(core.ledger());
    LastAnswer lastAnswer = new LastAnswer(core.ticker());
    orchestrator.listen(meters.harvest());
    orchestrator.listen(errors);
    PipelineListener listener = PipelineListener.all(meters.harvest(), errors, lastAnswer);

    Spool spool = core.data().spool();
    SpoolRoom room = new SpoolRoom(configuration.harvest().data().spoolMaxBytes(), core.ticker());
    HarvestParts parts = new HarvestParts(core, listener);
    PortalParts portal = portal(spool, room, listener);
    ApiParts served = served(portal);
    Health checks = HealthParts.start(core, spool, lastAnswer);
    watch(portal);

    bind(portal);
    addRoutes(parts.routes(harvest, portal, spool, room, core.pools().documents()));
    addRoutes(List.of(new PortalRoutes(portal.steps())));
    addRoutes(
        served.routes(
            errors, meters.harvest(), parts.view(portal::idOf), checks, core.data().logs()));
    guard(served.gate());

    storedBefore =
        orchestrator.snapshots().stream().mapToLong(script -> script.tally().stored()).sum();
    core.data()
        .backUp(
            core.store().backups(configuration.harvest().instanceId()),
            configuration.harvest().data(),
            core.pools().backup());
    api = served;
    camel.start();
    served.followFleet(); // before any script asks the portal for something
    checks.register(camel.getCamelContext());
    parts.startScripts();
    audits.begin();
    beginAlerts(served, parts.quota());
    servers.followCertificate(core.pools().health());
  }

  private PortalParts portal(Spool spool, SpoolRoom room, PipelineListener listener) {
    PortalParts portal =
        PortalParts.of(
            core,
            types,
            spool,
            room,
            listener,
            () -> camel.getCamelContext().createProducerTemplate());
    portal.growth().ifPresent(orchestrator::follow);
    return portal;
  }

  private ApiParts served(PortalParts portal) {
    return new ApiParts(
        configuration,
        core.ledger(),
        orchestrator,
        core.captchas(),
        portal.limits(),
        audits,
        core.pools().health());
  }

  private void watch(PortalParts portal) {
    meters
        .harvest()
        .watch(() -> core.pools().documents().getQueue().size(), portal.limits()::waiting);
    meters.watch(orchestrator::snapshots);
  }

  /** What Camel and the routes look up in the registry. */
  private void bind(PortalParts portal) {
    CamelMain.set(camel, configuration, orchestrator.routeController(), servers);
    camel.bind("s3", core.store().camelClient());
    camel.bind("http", portal.http());
    camel.bind("scriptRoutePolicies", orchestrator.routePolicies());
    traces = TraceParts.traces(configuration, core.pools()).orElse(null);
    if (traces != null) {
      camel.bind("traces", traces);
    }
    camel.bind("outOfMemory", new OutOfMemoryNotifier());
    meters.addTo(camel);
  }

  private void addRoutes(List<RoutesBuilder> builders) {
    builders.forEach(camel.configure()::addRoutesBuilder);
  }

  private void guard(ApiGate gate) {
    camel.bind("apiGate", gate);
    servers.beforeListening(() -> gate.standBefore(camel.getCamelContext()));
  }

  private void beginAlerts(ApiParts served, DayQuota quota) {
    alerts = new AlertParts(configuration, served, quota::words).alerts(core.ticker()).orElse(null);
    if (alerts != null) {
      alerts.begin();
    }
  }

  /** Accepts, for a person, other totals and assignments than ledger and bucket have recorded. */
  public void acceptChanges() {
    harvest.acceptChanges();
  }

  /**
   * Checks that the bucket exists, or creates it, and that it and the ledger belong to this
   * harvest. If the store does not respond soon, this continues in the background, and the scripts
   * wait for the store.
   *
   * @return what is wrong with the store while the scripts wait for it; empty if all is well
   * @throws UsageException if the bucket does not exist, access is refused, or the ledger or the
   *     bucket belongs to another harvest
   */
  public Optional<String> requireBucket() throws InterruptedException {
    return harvest.start();
  }

  /** What a person should know if the ledger was lost; empty if not, or if nobody can tell. */
  Optional<String> lostLedger() {
    var harvest = configuration.harvest();
    return LostLedger.words(
        core.ledger(),
        core.store().manifests(),
        harvest.distribution().pagesOf(harvest.instanceId()));
  }

  /** Completes when the bucket turns out, after the start, to belong to another harvest. */
  CompletableFuture<UsageException> refused() {
    return harvest.refused();
  }

  /** Which peers cannot work together with this instance, and why, once it has started. */
  List<String> fleetConflicts() {
    return parts().fleet().conflicts();
  }

  /** The state of the instance, as the API reports it; available once it has started. */
  StatusData status() {
    return parts().status();
  }

  private ApiParts parts() {
    if (api == null) {
      throw new IllegalStateException("the instance has not started");
    }
    return api;
  }

  /** The number of documents that had been stored before it started. */
  long storedBefore() {
    return storedBefore;
  }

  /** The scripts of this instance. */
  public Orchestrator orchestrator() {
    return orchestrator;
  }

  /**
   * Shuts everything down in order. Nothing is left half done, and running scripts continue at the
   * next start.
   */
  @Override
  public void close() throws IOException {
    List<Closeable> parts = new ArrayList<>();
    if (alerts != null) {
      parts.add(alerts::close); // first, so that the end of the scripts is not reported
    }
    parts.add(core::windDown);
    parts.add(camel::stop);
    if (api != null) {
      parts.add(api::close);
    }
    if (traces != null) {
      parts.add(traces::close);
    }
    parts.add(meters::close);
    parts.add(servers::close);
    parts.add(audits::close);
    parts.add(core::close);
    Closing.all(parts);
  }
}
