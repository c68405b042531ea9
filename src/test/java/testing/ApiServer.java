package testing;

import static org.awaitility.Awaitility.await;

import api.ApiGate;
import api.BoundedVertx;
import app.ApiParts;
import app.AuditSchedule;
import app.HarvestView;
import app.PortalTypes;
import audit.Ledgers;
import config.Configuration;
import config.ConfigurationLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import ledger.Ledger;
import model.Concurrency;
import model.StopSignal;
import model.Ticker;
import monitor.DocumentFinder;
import monitor.ErrorCounts;
import monitor.HarvestMetrics;
import monitor.Health;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.support.SimpleEventNotifierSupport;
import pipeline.DayQuota;
import pipeline.PagesInWork;
import pipeline.PortalTotal;
import portal.http.Governor;
import scripts.Orchestrator;
import scripts.PendingCaptchas;

/** The API of an instance, with scripts that ask for captchas but without a portal. */
public final class ApiServer implements AutoCloseable {
  public static final String KEY = "k1";

  /** The time at which every captcha is first shown. */
  public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00.123456Z");

  private final PendingCaptchas desk = new PendingCaptchas(() -> SINCE);
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
  private final BoundedVertx vertx = new BoundedVertx();
  private final Main camel = new Main();
  private final Configuration configuration;
  private final Ledger ledger;
  private final Orchestrator orchestrator;
  private volatile StopSignal stop = new StopSignal(new VirtualTicker());

  /** Like the other, with {@link #KEY}. */
  public ApiServer(Path folder) throws Exception {
    this(folder, Map.of("API_KEY", KEY));
  }

  /**
   * @param environment settings by their names in the environment
   */
  public ApiServer(Path folder, Map<String, String> environment) throws Exception {
    this(folder, environment, address -> {});
  }

  /**
   * @param whileStarting gets the address when the server listens, and has no routes yet
   */
  public ApiServer(Path folder, Map<String, String> environment, Consumer<String> whileStarting)
      throws Exception {
    Map<String, String> settings = new HashMap<>(environment);
    settings.putIfAbsent("PORTAL_URL", "http://127.0.0.1:1/list/{page}");
    settings.put("API_PORT", String.valueOf(Ports.free()));
    settings.put("MANAGEMENT_PORT", String.valueOf(Ports.free()));
    configuration = ConfigurationLoader.in(folder, settings, PortalTypes.KNOWN.all()).load();
    ledger = Ledger.open(folder.resolve("ledger.db"));
    orchestrator =
        new Orchestrator(
            configuration.harvest(),
            ledger,
            InstantSource.system(),
            new VirtualTicker(),
            () -> camel.getCamelContext().getRouteController());
    camel.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
    camel.addOverrideProperty("camel.server.host", configuration.api().host());
    camel.addOverrideProperty("camel.server.port", String.valueOf(configuration.api().port()));
    camel.addOverrideProperty("camel.management.host", "127.0.0.1");
    camel.addOverrideProperty(
        "camel.management.port", String.valueOf(configuration.api().managementPort()));
    camel.addOverrideProperty("camel.management.metricsEnabled", "false");
    camel.addOverrideProperty("camel.metrics.enabled", "false");
    ApiParts parts =
        new ApiParts(
            configuration,
            ledger,
            orchestrator,
            desk,
            new Governor(
                    configuration.portal().politeness().rate(),
                    new Concurrency(configuration.portal().politeness().concurrency()),
                    () -> 1,
                    new VirtualTicker(),
                    InstantSource.system(),
                    (party, hold) -> {})
                .limits(),
            new AuditSchedule(
                configuration,
                () -> Ledgers.NONE,
                folder.resolve("audit.json"),
                InstantSource.system()),
            background);
    parts
        .routes(
            new ErrorCounts(ledger),
            new HarvestMetrics(new SimpleMeterRegistry()),
            new HarvestView(
                new PortalTotal(
                    configuration.harvest().distribution(), false, OptionalLong.empty()),
                new DayQuota(
                    configuration.quota(),
                    ledger.instance(),
                    InstantSource.system(),
                    ZoneId.systemDefault()),
                new DocumentFinder(
                    ledger,
                    "",
                    new PagesInWork(),
                    page -> Optional.empty(),
                    address -> Optional.empty()),
                script -> Optional.empty()),
            new Health(background, Ticker.system(background)).asks("store", Optional::empty),
            folder)
        .forEach(routes -> camel.configure().addRoutesBuilder(routes));
    camel.bind("vertx", vertx);
    camel.bind("whileStarting", beforeTheRoutes(() -> whileStarting.accept(address())));
    ApiGate gate = parts.gate();
    camel.bind("apiGate", gate); // after the other, which hears of everything first
    vertx.beforeListening(() -> gate.standBefore(camel.getCamelContext()));
    camel.start();
  }

  private static EventNotifier beforeTheRoutes(Runnable task) {
    return new SimpleEventNotifierSupport() {
      @Override
      public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.CamelContextRoutesStartingEvent) {
          task.run();
        }
      }
    };
  }

  public String address() {
    return configuration.api().address();
  }

  public int port() {
    return configuration.api().port();
  }

  public int managementPort() {
    return configuration.api().managementPort();
  }

  public ModelCamelContext camel() {
    return (ModelCamelContext) camel.getCamelContext();
  }

  public PendingCaptchas desk() {
    return desk;
  }

  public Orchestrator orchestrator() {
    return orchestrator;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Makes a script ask for an answer, and waits until its captcha is pending. */
  public CompletableFuture<String> ask(int script, String image) {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> desk.ask(script, image, stop), task -> new Thread(task).start());
    await().until(() -> desk.waiting().stream().anyMatch(waits -> waits.script() == script));
    return answer;
  }

  /** Stops the waiting scripts, and waits until their captchas are gone. */
  public void clear() {
    stop.fire();
    await().until(() -> desk.waiting().isEmpty());
    stop = new StopSignal(new VirtualTicker());
  }

  @Override
  public void close() {
    stop.fire();
    camel.stop();
    vertx.close();
    orchestrator.close();
    background.shutdownNow();
    ledger.close();
  }
}
