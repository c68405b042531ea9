package app;

import config.Configuration;
import config.StartSettings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import ledger.Ledger;
import model.Script;
import model.Ticker;
import model.web.WebAddress;
import monitor.DocumentFinder;
import org.apache.camel.RoutesBuilder;
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
import routes.DocumentRoutes;
import routes.PageRoutes;
import routes.TimerRoutes;
import scripts.Orchestrator;
import store.Manifests;
import store.Spool;
import store.SpoolRoom;
import store.Store;

/** The parts that work on pages and documents: the steps of the harvest's routes. */
final class HarvestParts {
  private final Configuration configuration;
  private final Ledger ledger;
  private final Store store;
  private final Orchestrator orchestrator;
  private final WorkContext context;
  private final CaptchaFlow captchas;
  private final PipelineListener listener;
  private final Ticker ticker;
  private final PortalTotal total;
  private final PagesInWork inWork = new PagesInWork();
  private final InstantSource clock = InstantSource.system();
  private final DayQuota quota;

  HarvestParts(CoreParts core, PipelineListener listener) {
    this.configuration = core.configuration();
    this.ledger = core.ledger();
    this.store = core.store();
    this.orchestrator = core.orchestrator();
    this.context = new WorkContext(core.storeCalls());
    this.captchas = new CaptchaFlow(core.captchas(), orchestrator.reports(), listener);
    this.listener = listener;
    this.ticker = core.ticker();
    this.quota =
        new DayQuota(configuration.quota(), ledger.instance(), clock, ZoneId.systemDefault());
    this.total =
        new PortalTotal(
            configuration.harvest().distribution(),
            configuration.givesPages(),
            ledger.instance().portalTotal());
  }

  /** What may be stored today. */
  DayQuota quota() {
    return quota;
  }

  /**
   * What the API shows of them.
   *
   * @param idOf the id of the document at an address
   */
  HarvestView view(Function<WebAddress, Optional<String>> idOf) {
    return new HarvestView(
        total,
        quota,
        new DocumentFinder(
            ledger, configuration.store().prefix(), inWork, store.manifests()::read, idOf),
        inWork::of);
  }

  /**
   * The harvest's routes.
   *
   * @param harvest must be passed before a script works
   * @param room in the spool
   * @param workers the one pool in which the documents of all scripts are fetched
   */
  List<RoutesBuilder> routes(
      HarvestCheck harvest,
      PortalParts portal,
      Spool spool,
      SpoolRoom room,
      ScheduledThreadPoolExecutor workers) {
    SessionLimiter limiter =
        new SessionLimiter(workers, workers::getCorePoolSize, orchestrator::sharers);
    return List.of(
        new TimerRoutes(
            scripts(),
            new ScriptPages(orchestrator.reports(), context, listener, ThreadPriority::stepBack)),
        pageRoutes(harvest, portal, limiter),
        new DocumentRoutes(
            limiter,
            new ClaimRepository(ledger.documents()),
            new DocumentSteps(
                spool,
                room,
                new DocumentObjects(
                    configuration.store().prefix(),
                    store.bucket()::kept,
                    this::mayBeKept,
                    portal.firstStoredWins()
                        && configuration.harvest().distribution().instances() > 1,
                    ledger.documents()),
                new DocumentRequests(captchas, ledger.documents(), quota),
                context,
                ticker),
            new RecordSteps(ledger.documents(), orchestrator.reports(), listener, ticker, quota),
            workers));
  }

  private List<Script> scripts() {
    return configuration.harvest().distribution().scriptsOf(configuration.harvest().instanceId());
  }

  /** Starts the scripts that start with the instance. */
  void startScripts() {
    StartSettings starts = configuration.harvest().starts();
    Set<Integer> ids = new TreeSet<>();
    if (starts.resume()) {
      ids.addAll(ledger.instance().runningScripts());
    }
    scripts().stream()
        .map(Script::id)
        .filter(orchestrator::isOpen)
        .limit(starts.count())
        .forEach(ids::add);
    orchestrator.startAll(ids, starts.delay());
  }

  /** Documents that another harvest has stored are not fetched again. */
  private boolean mayBeKept() {
    return ledger.isRestored() || !configuration.store().furtherManifestPrefixes().isEmpty();
  }

  /** Sends no request to the portal while the store is still down. */
  private void requireStore(int script) {
    if (orchestrator.reports().isBackedUp(script)) {
      store.bucket().require();
    }
  }

  private PageRoutes pageRoutes(HarvestCheck harvest, PortalParts portal, SessionLimiter limiter) {
    Manifests manifests = store.manifests();
    return new PageRoutes(
        new PageSteps(
            ledger,
            manifests::read,
            script -> {
              harvest.require();
              requireStore(script);
              quota.require();
              return portal.session(script);
            },
            orchestrator.reports()::stopSignal,
            inWork,
            context),
        new ListingSteps(
            ledger.documents(),
            new DriftNotes(orchestrator.reports(), ledger, manifests::read, listener),
            new PlanCheck(total, ledger.documents(), !configuration.isSurveyed()),
            captchas,
            inWork,
            new LostObjects(configuration.store().prefix(), store.bucket()::mayHold, ledger),
            clock),
        new RoundSteps(
            limiter::roundSize,
            ticker,
            new HostProbe(
                // a listing from another server says nothing about the host
                configuration
                    .portal()
                    .url()
                    .filter(url -> !configuration.isSurveyed())
                    .flatMap(WebAddress::read),
                portal::isSpokenFor,
                portal::unguarded),
            store.bucket()::takesObjects),
        new Settlement(ledger, configuration.portal().retries(), ticker, new Random(), listener),
        captchas,
        new HeldPages(ledger, orchestrator.reports(), listener),
        new ManifestSteps(ledger, manifests, inWork));
  }
}
