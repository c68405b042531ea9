package monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import model.DocumentState;
import model.FailureReason;
import pipeline.PipelineListener;
import scripts.ScriptChange;
import scripts.ScriptListener;
import scripts.ScriptStatus;

/**
 * The metrics of the harvest for Prometheus, all under {@code harvester_}. They count from the
 * start of the process; every label has a small fixed set of values.
 */
public final class HarvestMetrics implements PipelineListener, ScriptListener {
  /**
   * Totals since the start of the process.
   *
   * @param stored documents
   * @param failed documents given up
   * @param answers responses of the portal
   * @param answerSeconds their total time, from the start of each request to its last byte
   */
  record Totals(double stored, double failed, double answers, double answerSeconds) {}

  private static final String DOCUMENTS = "harvester.documents";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private final MeterRegistry registry;
  private final Map<Integer, ScriptStatus> scripts = new ConcurrentHashMap<>();
  private final Timer listing;
  private final Timer download;
  private final Timer upload;
  private final Timer governorWait;
  private final Counter bytes;

  public HarvestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.listing =
        timer("listing", "Requests for listing pages, from their start to the last byte");
    this.download = timer("download", "Requests for documents, from their start to the last byte");
    this.upload = timer("upload", "PUTs of documents");
    this.governorWait = timer("governor.wait", "Time that requests waited for the governor");
    this.bytes =
        Counter.builder("harvester.stored.bytes")
            .description("Size of the documents stored")
            .register(registry);
    for (ScriptStatus status : ScriptStatus.values()) {
      Gauge.builder("harvester.scripts", () -> scriptsIn(status))
          .tag("status", status.word())
          .description("Scripts in this state")
          .register(registry);
    }
  }

  private Timer timer(String name, String description) {
    return Timer.builder("harvester." + name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private long scriptsIn(ScriptStatus status) {
    return scripts.values().stream().filter(now -> now == status).count();
  }

  @Override
  public void changed(ScriptChange change) {
    scripts.put(change.script().id(), change.now());
  }

  /** Registers gauges for the lengths of the queues. */
  public void watch(IntSupplier documents, IntSupplier requests) {
    Gauge.builder("harvester.queue.depth", documents::getAsInt)
        .description("Documents waiting for a worker")
        .register(registry);
    Gauge.builder("harvester.governor.queue.depth", requests::getAsInt)
        .description("Requests waiting for the governor")
        .register(registry);
  }

  Totals totals() {
    return new Totals(
        documents("stored"),
        documents("failed"),
        listing.count() + download.count(),
        listing.totalTime(TimeUnit.SECONDS) + download.totalTime(TimeUnit.SECONDS));
  }

  private double documents(String outcome) {
    return registry.find(DOCUMENTS).tag("outcome", outcome).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Override
  public void pageEnded(PageEnd end) {
    registry.counter("harvester.pages", "outcome", word(end)).increment();
  }

  @Override
  public void stored(long size, Duration time) {
    document("stored", "none");
    bytes.increment(size);
    upload.record(time);
  }

  @Override
  public void notStored(DocumentState state, FailureReason reason) {
    document(state.word(), bounded(reason));
  }

  private void document(String outcome, String reason) {
    registry.counter(DOCUMENTS, "outcome", outcome, "reason", reason).increment();
  }

  /** A portal may respond with any status, so only its class becomes a label. */
  private static String bounded(FailureReason reason) {
    return reason.isHttp() ? reason.word().replaceFirst("\\d\\d$", "xx") : reason.word();
  }

  @Override
  public void drift(Drift sign) {
    registry.counter("harvester.drift", "kind", word(sign)).increment();
  }

  @Override
  public void captcha(Captcha what) {
    registry.counter("harvester.captchas", "outcome", word(what)).increment();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void waited(Duration time) {
    governorWait.record(time);
  }

  @Override
  public void asked(boolean forDocument, Duration time) {
    (forDocument ? download : listing).record(time);
  }
}
