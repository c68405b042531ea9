package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import config.Proxies;
import config.RateLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import model.Concurrency;
import model.PageRange;
import model.Script;
import org.apache.camel.NamedNode;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import portal.http.Governor;
import portal.http.ResponseReader;
import portal.http.Transfers;
import routes.PortalRoutes;
import routes.TimerRoutes;
import store.SpoolFiles;
import store.SpoolRoom;

/** The drawing of the routes in the docs, and what a route needs to be found in one. */
class RouteDiagramTest extends PipelineTestSupport {
  private static final Path DOCS = Path.of("docs", "routes.md");
  private static final Path DRAWN = Path.of("target", "routes.md");
  private static final String TEXT =
      """
      # The harvest's routes

      Drawn from the routes themselves by `RouteDiagramTest`, which fails when this page is out of date; copy
      `target/routes.md` over it then. Every other script has a route like that of `script-01`. A thick arrow is a
      call of another route; a dotted one leads into a block that is run for each case. `RobotsGate` and the dialect,
      which send their requests to `direct:portal`, are not routes.

      """;

  @Override
  protected RoutesBuilder[] createRouteBuilders() throws IOException {
    RoutesBuilder[] harvest = super.createRouteBuilders();
    List<Script> scripts = List.of(new Script(1, 1, new PageRange(1, 1)));
    PortalSteps portalSteps =
        new PortalSteps(
            new Governor(
                RateLimits.fixed(0),
                new Concurrency(1),
                () -> 1,
                ticker,
                InstantSource.system(),
                (party, hold) -> {}),
            new Transfers(ticker, Duration.ofSeconds(1), Proxies.NONE),
            new ResponseReader(
                1, new SpoolFiles(), new SpoolRoom(1, new LeapingTicker()), InstantSource.system()),
            Map.of("User-Agent", "test", "X-Own", "own value"),
            ticker,
            listener);
    return Stream.of(
            Stream.of(
                new TimerRoutes(
                    scripts, new ScriptPages(orchestrator.reports(), work, listener, () -> {}))),
            Stream.of(harvest),
            Stream.of(new PortalRoutes(portalSteps)))
        .flatMap(routes -> routes)
        .toArray(RoutesBuilder[]::new);
  }

  /** The routes as they are, neither advised nor started. */
  @Override
  void adviseAndStart() {}

  private List<RouteDefinition> routes() {
    return context.getRouteDefinitions();
  }

  @Test
  void theDrawingInTheDocsShowsTheRoutesAsTheyAre() throws IOException {
    String drawn = TEXT + RouteDiagram.of(routes());
    Files.createDirectories(DRAWN.getParent());
    Files.writeString(DRAWN, drawn);

    assertThat(DOCS).as("out of date: copy %s over it", DRAWN).hasContent(drawn);
  }

  @Test
  void everyRouteHasANameAGroupAndADescription() {
    assertThat(routes())
        .isNotEmpty()
        .allSatisfy(
            route -> {
              assertThat(route.hasCustomIdAssigned()).isTrue();
              assertThat(route.getGroup()).isNotBlank();
              assertThat(route.getDescriptionText()).isNotBlank();
            });
  }

  /** Camel's timer goes by the system's clock: set back by an hour, it stands still for an hour. */
  @Test
  void noRouteStallsWhenTheClockIsSetBack() {
    assertThat(routes())
        .extracting(route -> route.getInput().getEndpointUri())
        .allMatch(uri -> uri.matches("(scheduler|direct):.*"));
  }

  @Test
  void everyStepHasANameOfItsOwn() {
    List<NamedNode> steps =
        routes().stream().flatMap(route -> RouteDiagram.steps(route).stream()).toList();

    assertThat(steps)
        .isNotEmpty()
        .allMatch(step -> ((OptionalIdentifiedDefinition<?>) step).hasCustomIdAssigned());
    assertThat(steps).extracting(NamedNode::getId).doesNotHaveDuplicates();
  }
}
