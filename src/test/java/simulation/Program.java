package simulation;

import config.QuotaSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import ledger.DataFolder;
import ledger.Ledger;
import ledger.SimulatedLedger;
import model.RetryPolicy;
import model.Script;
import model.web.WebAddress;
import org.apache.camel.impl.DefaultCamelContext;
import pipeline.CaptchaFlow;
import pipeline.ClaimRepository;
import pipeline.DayQuota;
import pipeline.DocumentObjects;
import pipeline.DocumentRequests;
import pipeline.DocumentSteps;
import pipeline.DriftNotes;
import pipeline.HeldPages;
import pipeline.HostProbe;
import pipeline.ListingSteps;
import pipeline.LostObjects;
import pipeline.ManifestSteps;
import pipeline.PageSteps;
import pipeline.PagesInWork;
import pipeline.PipelineListener;
import pipeline.PlanCheck;
import pipeline.PortalTotal;
import pipeline.RecordSteps;
import pipeline.RoundSteps;
import pipeline.ScriptPages;
import pipeline.SessionLimiter;
import pipeline.Settlement;
import pipeline.WorkContext;
import portal.http.SimulatedHttp;
import routes.DocumentRoutes;
import routes.PageRoutes;
import routes.TimerRoutes;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import store.Manifests;
import store.SimulatedStore;
import store.Spool;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;

/**
 * The program in one process: its own classes, wired as {@code app} does, with simulated
 * surroundings.
 */
final class Program {
  static final PipelineListener NO_LISTENER = new PipelineListener() {};

  final Ledger known;
  final Store store;
  final DefaultCamelContext camel;
  final Orchestrator orchestrator;
  final PendingCaptchas captchas;
  final RecordSteps record;
  final ManifestSteps manifestSteps;
  private final Universe universe;
  private final World world;
  private final Life life;
  private final Pool workers;
  private final SpoolRoom room;
  private final DayQuota quota;
  private final PagesInWork inWork = new PagesInWork();
  private final StoreCalls calls = new StoreCalls();

  Program(Universe universe, Life life, DataFolder folder, Ledger known) throws Exception {
    this.universe = universe;
    this.world = universe.world;
    this.life = life;
    this.known = known;
    InstantSource clock = world::instant;
    this.workers = new Pool(world, life.process, universe.settings.workers());
    this.camel = Engine.create(world, life.process);
    this.store =
        new SimulatedStore(
                universe.bucket.server(life),
                Settings.store(),
                calls,
                universe.mistake.wantsAcknowledgement())
            .store();
    this.captchas = new PendingCaptchas(clock);
    this.room = new SpoolRoom(universe.settings.spoolBytes(), world);
    this.orchestrator =
        new Orchestrator(
            universe.settings.harvest(life.path()),
            known,
            clock,
            world,
            camel::getRouteController,
            new Pool(world, life.process, 1));
    this.quota =
        new DayQuota(
            new QuotaSettings(Long.MAX_VALUE, Long.MAX_VALUE),
            SimulatedLedger.forgetful(clock),
            clock,
            ZoneOffset.UTC);
    this.record =
        new RecordSteps(known.documents(), orchestrator.reports(), NO_LISTENER, world, quota);
    this.manifestSteps = new ManifestSteps(known, store.manifests(), inWork);
    addRoutes(clock, Spool.open(folder.spool()));
  }

  private void addRoutes(InstantSource clock, Spool spool) throws Exception {
    PortalSide portal = new PortalSide(world, universe.settings, camel, orchestrator);
    SessionLimiter limiter =
        new SessionLimiter(workers, universe.settings::workers, orchestrator::sharers);
    WorkContext context = new WorkContext(calls);
    CaptchaFlow flow = new CaptchaFlow(captchas, orchestrator.reports(), NO_LISTENER);
    camel.addComponent(
        "http",
        new SimulatedHttp((request, cancelled) -> universe.portal.ask(life, request, cancelled)));
    camel.getRegistry().bind("s3", store.camelClient());
    camel.getPropertiesComponent().addInitialProperty("s3.bucket", "bucket");
    camel.setRouteController(orchestrator.routeController());
    camel.addRoutePolicyFactory(orchestrator.routePolicies());
    camel.addRoutes(portal.routes(spool, room));
    camel.addRoutes(
        new TimerRoutes(
            scripts(), new ScriptPages(orchestrator.reports(), context, NO_LISTENER, () -> {})));
    camel.addRoutes(pageRoutes(clock, portal, limiter, context, flow));
    camel.addRoutes(documentRoutes(spool, limiter, context, flow));
    universe.mistake.advise(camel, this);
  }

  private PageRoutes pageRoutes(
      InstantSource clock,
      PortalSide portal,
      SessionLimiter limiter,
      WorkContext context,
      CaptchaFlow flow) {
    Settings settings = universe.settings;
    Manifests manifests = store.manifests();
    return new PageRoutes(
        new PageSteps(
            known,
            manifests::read,
            script -> {
              if (orchestrator.reports().isBackedUp(script)) {
                store.bucket().require();
              }
              return portal.session(script);
            },
            orchestrator.reports()::stopSignal,
            inWork,
            context),
        new ListingSteps(
            known.documents(),
            new DriftNotes(orchestrator.reports(), known, manifests::read, NO_LISTENER),
            new PlanCheck(
                new PortalTotal(settings.plan(), false, OptionalLong.empty()),
                known.documents(),
                true),
            flow,
            inWork,
            new LostObjects(Bucket.DOCUMENTS, store.bucket()::mayHold, known),
            clock),
        new RoundSteps(
            limiter::roundSize,
            world,
            new HostProbe(WebAddress.read(Portal.ROOT), host -> false, portal::door),
            store.bucket()::takesObjects),
        new Settlement(
            known,
            new RetryPolicy(Settings.TRIES, Duration.ofSeconds(1)),
            world,
            new Random(universe.seed),
            NO_LISTENER),
        flow,
        new HeldPages(known, orchestrator.reports(), NO_LISTENER),
        manifestSteps);
  }

  private DocumentRoutes documentRoutes(
      Spool spool, SessionLimiter limiter, WorkContext context, CaptchaFlow flow) {
    return new DocumentRoutes(
        limiter,
        new ClaimRepository(known.documents()),
        new DocumentSteps(
            spool,
            room,
            new DocumentObjects(
                Bucket.DOCUMENTS,
                store.bucket()::kept,
                known::isRestored,
                false,
                known.documents()),
            new DocumentRequests(flow, known.documents(), quota),
            context,
            world),
        record,
        workers);
  }

  private List<Script> scripts() {
    return universe.settings.plan().scriptsOf(1);
  }

  /** Starts as the program does: with the scripts that were running, and those with open work. */
  void start() {
    camel.start();
    Set<Integer> ids = new TreeSet<>(known.instance().runningScripts());
    for (Script script : scripts()) {
      if (orchestrator.isOpen(script.id())) {
        ids.add(script.id());
      }
    }
    orchestrator.startAll(ids, Duration.ofMillis(500));
  }

  void stop() {
    camel.stop();
    orchestrator.close();
  }

  void close() {
    store.close();
  }
}
