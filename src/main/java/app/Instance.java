package app;

import api.BoundedVertx;
import api.ServerTls;
import api.dto.StatusData;
import audit.Ledgers;
import cli.DataFolders;
import cli.KnownDocuments;
import config.ApiSettings;
import config.Configuration;
import config.UsageException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import ledger.Backups;
import ledger.DataFolder;
import ledger.Ledger;
import model.Script;
import model.Threads;
import model.Ticker;
import monitor.BackupSchedule;
import monitor.ErrorCounts;
import monitor.HarvestMetrics;
import monitor.Health;
import monitor.LastAnswer;
import monitor.Logging;
import monitor.OutOfMemoryNotifier;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.jsse.GlobalSSLContextParametersSupplier;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener;
import portal.Workplace;
import portal.http.Hold;
import routes.PortalRoutes;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import store.Spool;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;

/** One running instance: wires everything together, from the data folder to the REST API. */
public final class Instance implements AutoCloseable {
  /**
   * Uploads overlap with downloads, so there are more workers than concurrent requests to the
   * portal.
   */
  private static final int WORKERS_PER_REQUEST = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  /** How long a shutdown waits for documents in progress. */
  private static final Duration WIND_DOWN = Duration.ofSeconds(15);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /**
   * One for each check that may hang, and one each for the bucket, the machine's figures and the
   * history.
   */
  private static final int HEALTH_THREADS = 6;

  private static final Duration LOOK_FOR_CERTIFICATE = Duration.ofSeconds(10);

  private final Configuration configuration;
  private final PortalTypes types;
  private final DataFolder folder;
  private final Ledger ledger;
  private final Store store;
  private final HarvestCheck harvest;
  private final Orchestrator orchestrator;
  private final PendingCaptchas captchas = new PendingCaptchas(InstantSource.system());
  private final ScheduledExecutorService watch;
  private final Ticker ticker;
  private final ScheduledExecutorService health;
  private final ScheduledExecutorService backup;
  private final StoreCalls storeCalls;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HarvestMetrics metrics = new HarvestMetrics(meters);
  private final JvmGcMetrics gc = new JvmGcMetrics(); // Camel would never close it
  private final ScheduledThreadPoolExecutor documents;
  private final BoundedVertx vertx = new BoundedVertx();
  private final @Nullable ServerTls tls;
  private final AuditSchedule audits;
  private final Main camel = camel();
  private @Nullable ApiParts api;
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
    this.tls = tls(configuration.api());
    int workers = configuration.portal().politeness().concurrency() * WORKERS_PER_REQUEST;
    this.folder = DataFolder.take(configuration.harvest().dataDir());
    requireUsable(folder);
    this.ledger = DataFolders.ledger(folder);
    this.watch = Threads.scheduled("watch", 1);
    this.ticker = Ticker.system(watch);
    this.health = Threads.scheduled("health", HEALTH_THREADS);
    this.backup = Threads.scheduled("backup", 1, ThreadPriority::behindOthers);
    this.documents = Threads.scheduled("document", workers, ThreadPriority::behindOthers);
    this.storeCalls = new StoreCalls();
    this.store = Store.open(configuration.store(), workers, storeCalls);
    this.harvest =
        new HarvestCheck(
            configuration.identity(),
            configuration.store().bucket(),
            ledger.instance(),
            store,
            health);
    this.orchestrator =
        new Orchestrator(
            configuration.harvest(),
            ledger,
            InstantSource.system(),
            ticker,
            () -> camel.getCamelContext().getRouteController());
    this.audits = audits();
  }

  private @Nullable ServerTls tls(ApiSettings settings) {
    if (settings.tls() == null) {
      return null;
    }
    try {
      ServerTls read = new ServerTls(settings.tls(), vertx);
      vertx.useForTls(read);
      return read;
    } catch (UsageException e) {
      vertx.close();
      throw e;
    }
  }

  /** Checks what would fail later, before anything is changed. */
  private static void requireUsable(DataFolder folder) throws IOException {
    try {
      Spool.requireFiles(folder.spool());
      Logging.requireWritable(folder.logs());
    } catch (IOException e) {
      folder.leave();
      throw e;
    }
  }

  private AuditSchedule audits() {
    KnownDocuments known =
        new KnownDocuments(configuration.store().prefix(), this::known, configuration.api());
    return new AuditSchedule(
        configuration, known, folder.folder().resolve("audit.json"), InstantSource.system());
  }

  private Map<String, Ledgers.Known> known(Collection<String> ids) {
    Map<String, Ledgers.Known> known = new HashMap<>();
    ledger
        .find(ids)
        .forEach(
            (id, document) ->
                known.put(
                    id,
                    new Ledgers.Known(
                        document.page(), ledger.nextOpenPage(document.page()) == document.page())));
    return known;
  }

  private List<Script> scripts() {
    return configuration.harvest().distribution().scriptsOf(configuration.harvest().instanceId());
  }

  /** Starts Camel and the API, then the scripts that start with the instance. */
  public void start() throws Exception {
    Spool spool = Spool.open(folder.spool());
    ErrorCounts errors = new ErrorCounts(ledger);
    orchestrator.listen(metrics);
    orchestrator.listen(errors);
    LastAnswer lastAnswer = new LastAnswer(ticker);
    PipelineListener listener = PipelineListener.all(metrics, errors, lastAnswer);
    HarvestParts parts =
        new HarvestParts(
            configuration, ledger, store, storeCalls, orchestrator, captchas, listener, ticker);
    SpoolRoom room = new SpoolRoom(configuration.harvest().data().spoolMaxBytes(), ticker);
    PortalParts portal = portalParts(spool, room, listener);
    portal.growth().ifPresent(orchestrator::follow);
    ApiParts served =
        new ApiParts(
            configuration, ledger, orchestrator, captchas, portal.governor(), audits, health);
    Health checks = served.health(spool, store.bucket(), lastAnswer);
    gc.bindTo(meters);
    metrics.watch(() -> documents.getQueue().size(), portal.governor()::waiting);
    settings(camel);
    camel.bind("s3", store.camelClient());
    camel.bind("http", portal.http());
    camel.bind("vertx", vertx);
    camel.bind("scriptRoutePolicies", orchestrator.routePolicies());
    camel.bind("outOfMemory", new OutOfMemoryNotifier());
    camel.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
    parts
        .routes(scripts(), harvest, portal, spool, room, documents)
        .forEach(routes -> camel.configure().addRoutesBuilder(routes));
    camel.configure().addRoutesBuilder(new PortalRoutes(portal.steps()));
    camel
        .configure()
        .addRoutesBuilder(served.routes(errors, metrics, parts.total(), checks, folder.logs()));
    storedBefore =
        orchestrator.snapshots().stream().mapToLong(script -> script.tally().stored()).sum();
    if (!ledger.isWhollyChecked()) {
      LOG.info("the ledger is large: a part was checked at the start, all is with its next backup");
    }
    new BackupSchedule(
            new Backups(folder.ledgerFile(), folder.backups(), InstantSource.system()),
            store.backups(configuration.harvest().instanceId()),
            configuration.harvest().data())
        .start(backup);
    api = served;
    camel.start();
    checks.register(camel.getCamelContext());
    startScripts();
    audits.begin();
    if (tls != null) {
      long every = LOOK_FOR_CERTIFICATE.toSeconds();
      health.scheduleWithFixedDelay(tls::look, every, every, TimeUnit.SECONDS);
    }
  }

  /** Camel without a signal handler of its own: whoever runs the instance ends it. */
  private static Main camel() {
    Main camel = new Main();
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
    return camel;
  }

  private void settings(Main main) {
    main.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport starting) {
            starting.getCamelContext().setRouteController(orchestrator.routeController());
          }
        });
    main.addInitialProperty("s3.bucket", configuration.store().bucket());
    configuration.camel().forEach(main::addOverrideProperty);
    // last: these must not be overridden, because the API key was checked against them
    main.addOverrideProperty("camel.server.host", configuration.api().host());
    main.addOverrideProperty("camel.server.port", String.valueOf(configuration.api().port()));
    if (tls != null) {
      GlobalSSLContextParametersSupplier settled = SSLContextParameters::new; // see BoundedVertx
      main.bind("tls", settled);
      main.addOverrideProperty("camel.server.useGlobalSslContextParameters", "true");
    }
    main.addOverrideProperty("camel.management.host", "127.0.0.1");
    main.addOverrideProperty(
        "camel.management.port", String.valueOf(configuration.api().managementPort()));
  }

  private PortalParts portalParts(Spool spool, SpoolRoom room, PipelineListener listener) {
    return new PortalParts(
        new PortalTransport(
            configuration.portal(),
            orchestrator::sharers,
            (script, hold) -> orchestrator.reports().heldBack((int) script, hold.map(Hold::words)),
            ticker,
            room,
            listener),
        types.dialect(
            configuration,
            ticker,
            InstantSource.system(),
            new Workplace(
                configuration,
                folder.folder().resolve("opendata"),
                spool,
                room,
                store,
                storeCalls)),
        ledger,
        orchestrator.reports(),
        () -> camel.getCamelContext().createProducerTemplate());
  }

  private void startScripts() {
    Set<Integer> ids = new TreeSet<>();
    if (configuration.harvest().resume()) {
      ids.addAll(ledger.instance().runningScripts());
    }
    scripts().stream()
        .map(Script::id)
        .filter(id -> orchestrator.isOpen(id))
        .limit(configuration.harvest().autostart())
        .forEach(ids::add);
    orchestrator.startAll(ids, configuration.harvest().startDelay());
  }

  /** A person accepts other totals and assignments than ledger and bucket have recorded. */
  void acceptChanges() {
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

  /** Completes when the bucket turns out, after the start, to belong to another harvest. */
  CompletableFuture<UsageException> refused() {
    return harvest.refused();
  }

  /** Which peers cannot work together with this instance, and why, once it has started. */
  List<String> fleetConflicts() {
    return parts().fleet().conflicts();
  }

  /** Its state, as the API gives it, once it has started. */
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
    orchestrator.shutdown();
    long end = System.nanoTime() + WIND_DOWN.toNanos();
    while (orchestrator.isAtWork() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
    camel.stop();
    gc.close();
    vertx.close();
    audits.close();
    orchestrator.close();
    documents.shutdownNow();
    watch.shutdownNow();
    health.shutdownNow();
    backup.shutdownNow();
    ledger.close();
    store.close();
    folder.close();
  }
}
