package simulation;

import config.Proxies;
import config.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import model.Concurrency;
import model.StopSignal;
import org.apache.camel.CamelContext;
import pipeline.CamelPortalHttp;
import pipeline.PortalSteps;
import portal.Dialect;
import portal.PortalHttp;
import portal.SessionMemory;
import portal.http.Governor;
import portal.http.ResponseReader;
import portal.http.RobotsGate;
import portal.http.Transfers;
import routes.PortalRoutes;
import scripts.Orchestrator;
import store.Spool;
import store.SpoolRoom;

/** What a program talks to the portal with: the governor, robots.txt, and its scripts' sessions. */
final class PortalSide {
  private static final int CONCURRENCY = 4;
  private static final Duration LONGEST_TRANSFER = Duration.ofSeconds(60);

  private final World world;
  private final CamelContext camel;
  private final Orchestrator orchestrator;
  private final Governor governor;
  private final RobotsGate robots;
  private final Dialect dialect;
  private final Map<Integer, PortalHttp> doors = new ConcurrentHashMap<>();
  private final Map<Integer, Dialect.Session> sessions = new ConcurrentHashMap<>();

  PortalSide(World world, Settings settings, CamelContext camel, Orchestrator orchestrator) {
    this.world = world;
    this.camel = camel;
    this.orchestrator = orchestrator;
    this.dialect = new SimulatedDialect(settings.pageSize(), settings.plan().pages());
    this.governor =
        new Governor(
            RateLimits.fixed(Politeness.RATE),
            new Concurrency(CONCURRENCY),
            orchestrator::sharers,
            world,
            world::instant,
            (script, hold) ->
                orchestrator.reports().heldBack((int) script, hold.map(each -> each.words())));
    this.robots = new RobotsGate(List.of("portal.test"), governor.limits()::keepApart, world);
  }

  PortalRoutes routes(Spool spool, SpoolRoom room) {
    return new PortalRoutes(
        new PortalSteps(
            governor,
            new Transfers(world, LONGEST_TRANSFER, Proxies.NONE),
            new ResponseReader(1 << 20, spool.files(), room, world::instant),
            Map.of("User-Agent", "judgment-harvester"),
            world,
            Program.NO_LISTENER));
  }

  Dialect.Session session(int script) {
    return sessions.computeIfAbsent(
        script,
        id -> dialect.open(robots.before(door(id), () -> stop(id), () -> {}), SessionMemory.NONE));
  }

  /** The way to the portal for what needs no permission of a robots.txt. */
  PortalHttp door(int script) {
    return doors.computeIfAbsent(
        script, id -> new CamelPortalHttp(camel.createProducerTemplate(), id, () -> stop(id)));
  }

  private StopSignal stop(int script) {
    return orchestrator.reports().stopSignal(script);
  }
}
