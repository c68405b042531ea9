package app;

import config.Configuration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import ledger.Ledger;
import model.Script;
import model.Ticker;
import model.WebAddress;
import org.apache.camel.RoutesBuilder;
import pipeline.CaptchaFlow;
import pipeline.ClaimRepository;
import pipeline.DocumentSteps;
import pipeline.DriftNotes;
import pipeline.HeldPages;
import pipeline.HostProbe;
import pipeline.ListingSteps;
import pipeline.ManifestSteps;
import pipeline.PageSteps;
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
import scripts.PendingCaptchas;
import store.Manifests;
import store.Spool;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;

/** What works on pages and documents: the steps of the harvest's routes. */
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
  private final InstantSource clock = InstantSource.system();

  HarvestParts(
      Configuration configuration,
      Ledger ledger,
      Store store,
      StoreCalls storeCalls,
      Orchestrator orchestrator,
      PendingCaptchas captchas,
      PipelineListener listener,
      Ticker ticker) {
    this.configuration = configuration;
    this.ledger = ledger;
    this.store = store;
    this.orchestrator = orchestrator;
    this.context = new WorkContext(storeCalls);
    this.captchas = new CaptchaFlow(captchas, orchestrator.reports(), listener);
    this.listener = listener;
    this.ticker = ticker;
    this.total =
        new PortalTotal(
            configuration.harvest().distribution(),
            configuration.givesPages(),
            ledger.instance().portalTotal());
  }

  /** The number of documents that the portal lists. */
  PortalTotal total() {
    return total;
  }

  /**
   * The harvest's routes.
   *
   * @param scripts the scripts of this instance
   * @param harvest must be passed before a script works
   * @param room in the spool
   * @param workers the one pool in which the documents of all scripts are fetched
   */
  List<RoutesBuilder> routes(
      List<Script> scripts,
      HarvestCheck harvest,
      PortalParts portal,
      Spool spool,
      SpoolRoom room,
      ScheduledThreadPoolExecutor workers) {
    SessionLimiter limiter =
        new SessionLimiter(workers, workers.getCorePoolSize(), orchestrator::sharers);
    return List.of(
        new TimerRoutes(
            scripts,
            new ScriptPages(orchestrator.reports(), context, listener, ThreadPriority::stepBack)),
        pageRoutes(harvest, portal, limiter),
        new DocumentRoutes(
            limiter,
            new ClaimRepository(ledger),
            new DocumentSteps(
                spool,
                room,
                configuration.store().prefix(),
                store.bucket()::kept,
                this::mayBeKept,
                captchas,
                ledger,
                context,
                ticker),
            new RecordSteps(ledger, orchestrator.reports(), listener, ticker),
            workers));
  }

  /** Documents that another harvest has stored are not fetched again. */
  private boolean mayBeKept() {
    return ledger.isRestored() || !configuration.store().furtherManifestPrefixes().isEmpty();
  }

  /** Nothing is asked of the portal for a store that is still away. */
  private void requireStore(int script) {
    if (orchestrator.reports().waitsForStore(script)) {
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
              return portal.session(script);
            },
            orchestrator.reports()::stopSignal,
            context),
        new ListingSteps(
            ledger,
            new DriftNotes(orchestrator.reports(), ledger, manifests::read, listener),
            new PlanCheck(total, ledger, !configuration.isSurveyed()),
            captchas,
            clock),
        new RoundSteps(
            limiter::roundSize,
            ticker,
            new HostProbe(
                // a listing that comes from elsewhere says nothing about the host
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
        new ManifestSteps(ledger, manifests));
  }
}
