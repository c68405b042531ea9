package cli;

import static org.awaitility.Awaitility.await;

import app.ApiParts;
import app.PortalTypes;
import config.Configuration;
import config.ConfigurationLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import ledger.Ledger;
import model.StopSignal;
import monitor.ErrorCounts;
import monitor.HarvestMetrics;
import monitor.Health;
import org.apache.camel.main.Main;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import testing.Ports;
import testing.VirtualTicker;

/** The API of an instance, with scripts that ask for captchas but without a portal. */
public final class CaptchaServer implements AutoCloseable {
  public static final String KEY = "k1";

  /** The time at which every captcha is first shown. */
  public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00.123456Z");

  private final PendingCaptchas desk = new PendingCaptchas(() -> SINCE);
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
  private final Main camel = new Main();
  private final Configuration configuration;
  private final Ledger ledger;
  private final Orchestrator orchestrator;
  private volatile StopSignal stop = new StopSignal(new VirtualTicker());

  public CaptchaServer(Path folder) throws Exception {
    configuration =
        ConfigurationLoader.in(
                folder,
                Map.of(
                    "API_PORT",
                    String.valueOf(Ports.free()),
                    "API_KEY",
                    KEY,
                    "PORTAL_URL",
                    "http://127.0.0.1:1/list/{page}"),
                PortalTypes.KNOWN.all())
            .load();
    ledger = Ledger.open(folder.resolve("ledger.db"));
    orchestrator =
        new Orchestrator(
            configuration.harvest(),
            ledger,
            new VirtualTicker(),
            () -> camel.getCamelContext().getRouteController());
    camel.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
    camel.addOverrideProperty("camel.server.host", configuration.api().host());
    camel.addOverrideProperty("camel.server.port", String.valueOf(configuration.api().port()));
    camel.addOverrideProperty("camel.management.enabled", "false");
    camel.addOverrideProperty("camel.metrics.enabled", "false");
    camel
        .configure()
        .addRoutesBuilder(
            new ApiParts(configuration, ledger, orchestrator, desk, background)
                .routes(
                    new ErrorCounts(ledger),
                    new HarvestMetrics(new SimpleMeterRegistry()),
                    new Health(background),
                    folder));
    camel.start();
  }

  public String address() {
    return configuration.api().address();
  }

  public PendingCaptchas desk() {
    return desk;
  }

  public Orchestrator orchestrator() {
    return orchestrator;
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
    orchestrator.close();
    background.shutdownNow();
    ledger.close();
  }
}
