package app;

import archive.Bucket;
import archive.BucketException;
import archive.Manifests;
import archive.S3Clients;
import archive.Spool;
import control.Distribution;
import control.Orchestrator;
import control.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import ledger.DataFolder;
import ledger.Ledger;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Dialect;
import portal.Governor;
import portal.LinksDialect;
import portal.PortalSettings;
import portal.Receiver;
import portal.RetryPolicy;
import portal.Transfers;
import routes.ApiGate;
import routes.ApiRoutes;
import routes.CamelPortalHttp;
import routes.ClaimRepository;
import routes.ControlApi;
import routes.DocumentSteps;
import routes.HarvestRoutes;
import routes.ManifestSteps;
import routes.PageSteps;
import routes.PortalRoutes;
import routes.PortalSteps;
import routes.ScriptPages;
import routes.StatusApi;
import software.amazon.awssdk.services.s3.S3Client;

/** One running instance: everything wired together, from the data folder to the REST API. */
public final class Instance implements AutoCloseable {
  /** Uploads overlap with downloads: more hands than the portal may see at once. */
  private static final int WORKERS_PER_REQUEST = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  private static final Duration BUCKET_WAIT = Duration.ofSeconds(5);

  /** Longest key that S3 takes, in bytes. */
  private static final int MAX_KEY = 1024;

  /** Longest wait for documents under way when the instance goes down. */
  private static final Duration WIND_DOWN = Duration.ofSeconds(15);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final Configuration configuration;
  private final DataFolder folder;
  private final Ledger ledger;
  private final S3Client s3;
  private final Governor governor;
  private final Orchestrator orchestrator;
  private final ScheduledExecutorService watch;
  private final ScheduledExecutorService documents;
  private final Main camel = new Main();
  private final Map<Integer, Dialect.Session> sessions = new ConcurrentHashMap<>();

  /**
   * Takes the data folder and opens the ledger. Nothing runs yet.
   *
   * @throws DataFolder.HeldException when another process holds the data folder
   * @throws IOException when the data folder cannot be used
   */
  public Instance(Configuration configuration) throws DataFolder.HeldException, IOException {
    this.configuration = configuration;
    PortalSettings portal = configuration.portal();
    int workers = portal.concurrency() * WORKERS_PER_REQUEST;
    this.folder = DataFolder.take(configuration.harvest().dataDir());
    this.ledger = Ledger.open(folder.ledgerFile());
    this.s3 = S3Clients.create(configuration.store(), workers);
    this.governor = new Governor(portal.rate(), portal.concurrency());
    this.watch = Threads.scheduled("watch", 1);
    this.documents = Threads.scheduled("document", workers);
    this.orchestrator =
        new Orchestrator(scripts(), ledger, () -> camel.getCamelContext().getRouteController());
  }

  private List<Script> scripts() {
    return configuration.harvest().distribution().scriptsOf(configuration.harvest().instanceId());
  }

  /** Starts the engine and the API, then the scripts that are to run from the beginning. */
  public void start() throws Exception {
    Transfers transfers = new Transfers(watch, configuration.portal().documentTimeout());
    Spool spool = Spool.open(folder.spool());
    ClaimRepository claims = new ClaimRepository(ledger, orchestrator);
    settings(camel);
    camel.bind("s3", s3);
    camel.bind("http", httpComponent(transfers));
    camel
        .configure()
        .addRoutesBuilder(
            new HarvestRoutes(
                scripts(),
                new ScriptPages(orchestrator),
                pageSteps(),
                new DocumentSteps(spool, configuration.store().prefix()),
                new ManifestSteps(ledger, manifests()),
                claims,
                documents));
    camel.configure().addRoutesBuilder(new PortalRoutes(portalSteps(transfers)));
    camel.configure().addRoutesBuilder(apiRoutes());
    camel.start();
    startScripts();
  }

  private void settings(Main main) {
    main.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
    main.addInitialProperty("s3.bucket", configuration.store().bucket());
    configuration.camel().forEach(main::addOverrideProperty);
    // last, since the API key was checked against these
    main.addOverrideProperty("camel.server.host", configuration.api().host());
    main.addOverrideProperty("camel.server.port", String.valueOf(configuration.api().port()));
  }

  private HttpComponent httpComponent(Transfers transfers) {
    PortalSettings portal = configuration.portal();
    HttpComponent http = new HttpComponent();
    http.setHttpClientConfigurer(transfers);
    http.setConnectTimeout(portal.connectTimeout().toMillis());
    http.setResponseTimeout(portal.responseTimeout().toMillis());
    http.setSoTimeout(portal.responseTimeout().toMillis());
    http.setConnectionRequestTimeout(portal.responseTimeout().toMillis());
    http.setMaxTotalConnections(portal.concurrency());
    http.setConnectionsPerRoute(portal.concurrency());
    http.setAutomaticRetriesDisabled(true);
    http.setRedirectHandlingDisabled(true);
    http.setCookieManagementDisabled(true);
    http.setAuthCachingDisabled(true);
    http.setDefaultUserAgentDisabled(true);
    return http;
  }

  private ApiRoutes apiRoutes() {
    return new ApiRoutes(
        new ControlApi(orchestrator, configuration.harvest()),
        new StatusApi(
            orchestrator,
            ledger,
            configuration.harvest(),
            Version.number(),
            PublicConfiguration.of(configuration)),
        new ApiGate(configuration.api().key(), configuration.api().port()));
  }

  private PageSteps pageSteps() {
    Distribution distribution = configuration.harvest().distribution();
    PortalSettings portal = configuration.portal();
    return new PageSteps(
        ledger,
        orchestrator,
        manifests(),
        new Bucket(s3, configuration.store()),
        page -> distribution.scriptOfPage(page).id(),
        this::session,
        new RetryPolicy(portal.maxAttempts(), portal.retryWait()));
  }

  private Manifests manifests() {
    return new Manifests(s3, configuration.store());
  }

  private PortalSteps portalSteps(Transfers transfers) {
    PortalSettings portal = configuration.portal();
    return new PortalSteps(
        governor, transfers, new Receiver(portal.maxDocumentBytes()), portal.userAgent());
  }

  private Dialect.Session session(int script) {
    return sessions.computeIfAbsent(
        script,
        id -> {
          ProducerTemplate template = camel.getCamelContext().createProducerTemplate();
          return new LinksDialect(
                  configuration.portal(), MAX_KEY - configuration.store().prefix().length())
              .open(new CamelPortalHttp(template, () -> orchestrator.isStopping(id)));
        });
  }

  private void startScripts() {
    Set<Integer> ids = new TreeSet<>();
    if (configuration.harvest().resume()) {
      ids.addAll(ledger.runningScripts());
    }
    scripts().stream()
        .map(Script::id)
        .filter(id -> orchestrator.isOpen(id))
        .limit(configuration.harvest().autostart())
        .forEach(ids::add);
    orchestrator.startAll(ids, configuration.harvest().startDelay());
  }

  /**
   * Makes sure of the bucket. A store that does not answer is waited for; the scripts do, too.
   *
   * @throws UserMistake when the bucket does not exist, or is refused
   */
  void requireBucket() {
    Bucket bucket = new Bucket(s3, configuration.store());
    try {
      bucket.ensure();
    } catch (BucketException e) {
      if (!e.isAway()) {
        throw new UserMistake(e.getMessage(), e);
      }
      LOG.warn("{}; waiting for it", e.getMessage());
      watch.schedule(this::requireBucket, BUCKET_WAIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** The scripts, for those who watch. */
  public Orchestrator orchestrator() {
    return orchestrator;
  }

  /** Winds everything down: nothing is left half done, and what ran goes on at the next start. */
  @Override
  public void close() throws IOException {
    orchestrator.shutdown();
    long end = System.nanoTime() + WIND_DOWN.toNanos();
    while (orchestrator.isAtWork() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    camel.stop();
    orchestrator.close();
    documents.shutdownNow();
    watch.shutdownNow();
    ledger.close();
    s3.close();
    folder.close();
  }
}
