package pipeline;

import config.DataSettings;
import config.HarvestSettings;
import config.QuotaSettings;
import config.StartSettings;
import config.StoreSettings;
import config.UploadSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import ledger.Ledger;
import model.Distribution;
import model.RetryPolicy;
import model.StopSignal;
import model.web.WebAddress;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import portal.Reply;
import portal.Request;
import routes.DocumentRoutes;
import routes.PageRoutes;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import store.KeptDocument;
import store.ManifestRow;
import store.Manifests;
import store.Spool;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;
import store.StoreException;

/**
 * The routes of a page and a document as an instance has them, with the real ledger, spool and
 * orchestrator. The portal is {@link ScriptedPortal}, the bucket are mock endpoints, and nobody
 * waits.
 */
abstract class PipelineTestSupport extends CamelTestSupport {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final int SCRIPT = 1;
  static final int MAX_ATTEMPTS = 3;

  @TempDir Path folder;
  final ScriptedPortal portal = new ScriptedPortal();
  final LeapingTicker ticker = new LeapingTicker();
  final StopSignal stop = new StopSignal(ticker);
  final PendingCaptchas captchas = new PendingCaptchas(() -> NOW);
  final Map<Integer, List<ManifestRow>> earlierManifests = new HashMap<>();
  final Map<String, KeptDocument> inBucket = new HashMap<>();
  final Set<String> lostObjects = new HashSet<>();
  final ScheduledExecutorService workers = Executors.newScheduledThreadPool(workerCount());
  final PipelineListener listener = new PipelineListener() {};
  final SpoolRoom room = new SpoolRoom(1 << 20, ticker);
  final PagesInWork inWork = new PagesInWork();
  final WorkContext work = new WorkContext(new StoreCalls());
  BooleanSupplier storeTakes = () -> true;
  final List<String> probed = new ArrayList<>();
  Consumer<String> onProbe = address -> {};
  Orchestrator orchestrator;
  Ledger ledger;
  Manifests manifests;
  MockEndpoint documents;
  MockEndpoint manifest;
  private Store store;

  /** One, so that documents come in their order. */
  int workerCount() {
    return 1;
  }

  /** Tries for a document. */
  int maxAttempts() {
    return MAX_ATTEMPTS;
  }

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    super.configureTest(configuration);
    configuration.withUseAdviceWith(true);
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    store =
        Store.open(
            new StoreSettings(
                "bucket",
                false,
                "judgments/",
                "manifests/",
                List.of(),
                Optional.empty(),
                URI.create("http://127.0.0.1:1"),
                "us-east-1",
                true,
                Optional.empty(),
                UploadSettings.DEFAULT),
            1);
    manifests = store.manifests();
    orchestrator =
        new Orchestrator(harvest(), ledger, () -> NOW, ticker, () -> context.getRouteController());
    CaptchaFlow flow = new CaptchaFlow(captchas, orchestrator.reports(), listener);
    ManifestSource earlier = page -> Optional.ofNullable(earlierManifests.get(page));
    SessionLimiter limiter = new SessionLimiter(workers, this::workerCount, () -> 1);
    return new RoutesBuilder[] {
      new PageRoutes(
          new PageSteps(ledger, earlier, script -> portal, script -> stop, inWork, work),
          new ListingSteps(
              ledger.documents(),
              new DriftNotes(orchestrator.reports(), ledger, earlier, listener),
              new PlanCheck(
                  new PortalTotal(harvest().distribution(), false, OptionalLong.empty()),
                  ledger.documents(),
                  true),
              flow,
              inWork,
              new LostObjects(
                  "judgments/", (key, size, sha256) -> !lostObjects.contains(key), ledger),
              InstantSource.fixed(NOW)),
          new RoundSteps(
              limiter::roundSize,
              ticker,
              new HostProbe(
                  WebAddress.read("http://portal/list/{page}"),
                  host -> false,
                  script -> request -> ask(request)),
              () -> storeTakes.getAsBoolean()),
          new Settlement(
              ledger,
              new RetryPolicy(maxAttempts(), Duration.ofSeconds(1)),
              ticker,
              new Random(1),
              listener),
          flow,
          new HeldPages(ledger, orchestrator.reports(), listener),
          new ManifestSteps(ledger, manifests, inWork)),
      new DocumentRoutes(
          limiter,
          new ClaimRepository(ledger.documents()),
          new DocumentSteps(
              Spool.open(spool()),
              room,
              new DocumentObjects(
                  "judgments/",
                  key -> Optional.ofNullable(inBucket.get(key)),
                  ledger::isRestored,
                  firstStoredWins(),
                  ledger.documents()),
              new DocumentRequests(flow, ledger.documents(), quota()),
              work,
              ticker),
          new RecordSteps(ledger.documents(), orchestrator.reports(), listener, ticker, quota()),
          workers)
    };
  }

  /** Whether the first of several instances to store a document wins. */
  boolean firstStoredWins() {
    return false;
  }

  private DayQuota quota() {
    return new DayQuota(
        new QuotaSettings(Long.MAX_VALUE, Long.MAX_VALUE),
        ledger.instance(),
        () -> NOW,
        ZoneOffset.UTC);
  }

  /** Another host than the portal's is asked whether it answers. */
  private Reply ask(Request request) {
    probed.add(request.uri().toString());
    onProbe.accept(request.uri().toString());
    return new Reply(404, Map.of(), new byte[0], null);
  }

  private HarvestSettings harvest() {
    return new HarvestSettings(
        1,
        Distribution.of(1, 1, 10, 10),
        StartSettings.NONE,
        Duration.ZERO,
        folder,
        new DataSettings(1 << 20, Duration.ZERO, 1));
  }

  private Path spool() {
    return folder.resolve("spool");
  }

  @BeforeEach
  void adviseAndStart() throws Exception {
    context.getPropertiesComponent().addInitialProperty("s3.bucket", "bucket");
    AdviceWith.adviceWith(
        context,
        "document",
        route -> route.weaveById("put-document").replace().to("mock:documents"));
    AdviceWith.adviceWith(
        context,
        "manifest",
        route -> route.weaveById("put-manifest").replace().to("mock:manifest"));
    context.start();
    documents = getMockEndpoint("mock:documents");
    manifest = getMockEndpoint("mock:manifest");
  }

  @AfterEach
  void close() {
    context.stop();
    workers.shutdownNow();
    ledger.close();
    store.close();
  }

  /** Sends page 1 on its way, as a script's timer does. */
  Exchange work() {
    return template.send("direct:page", PipelineTestSupport::pageOne);
  }

  static void pageOne(Exchange exchange) {
    exchange.getMessage().setBody(1);
    exchange.getMessage().setHeader(PageSteps.SCRIPT, SCRIPT);
  }

  /** A page that is open and listed. */
  Page listedPage() {
    Page page = new Page(1, SCRIPT, portal, false, stop);
    page.listed(portal.list(1), NOW, row -> ledger.documents().isClosed(row.id()));
    return page;
  }

  /** What a mock endpoint gets as an answer from then on. */
  static void fail(MockEndpoint endpoint, StoreException failure) {
    endpoint.whenAnyExchangeReceived(
        exchange -> {
          throw failure;
        });
  }

  static StoreException away() {
    return new StoreException(StoreException.Kind.AWAY, "connection refused");
  }

  static StoreException refused() {
    return new StoreException(StoreException.Kind.REFUSED, "access denied");
  }

  long spooled() throws IOException {
    try (var files = Files.list(spool())) {
      return files.count();
    }
  }
}
