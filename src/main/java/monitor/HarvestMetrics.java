package monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import model.DocumentState;
import model.FailureReason;
import pipeline.PipelineListener;
import scripts.ScriptChange;
import scripts.ScriptListener;

/**
 * What happens in the harvest, for Prometheus, all under {@code harvester_}. The series count from
 * the start of the process, and all exist from the start: one that appears later has no increase to
 * alert on. Every label has a small fixed set of values.
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

  private static final String ATTEMPTS = "harvester.attempts";
  private static final String STORED = DocumentState.STORED.word();
  private static final String NO_REASON = "none";

  private static final List<String> HTTP_CLASSES = List.of("http_3xx", "http_4xx", "http_5xx");

  static final Duration[] BUCKETS = {
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
  private final ScriptGauges scripts;
  private final Timer listing;
  private final Timer download;
  private final Timer upload;
  private final Timer governorWait;
  private final Counter stored;
  private final Counter bytes;

  public HarvestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.scripts = new ScriptGauges(registry);
    this.listing =
        timer("listing", "Requests for listing pages, from their start to the last byte");
    this.download = timer("download", "Requests for documents, from their start to the last byte");
    this.upload = timer("upload", "PUTs of documents");
    this.governorWait = timer("governor.wait", "Time that requests waited for the governor");
    this.bytes =
        Counter.builder("harvester.stored.bytes")
            .description("Size of the documents stored")
            .register(registry);
    this.stored = attempts(STORED, NO_REASON);
    registerAttempts();
    for (PageEnd end : PageEnd.values()) {
      pages(end);
    }
    for (Drift sign : Drift.values()) {
      drifts(sign);
    }
    for (Captcha what : Captcha.values()) {
      captchas(what);
    }
  }

  private void registerAttempts() {
    List<String> reasons = new ArrayList<>(HTTP_CLASSES);
    for (FailureReason reason : FailureReason.named()) {
      if (reason.isRejection()) {
        attempts(DocumentState.REJECTED.word(), reason.word());
      } else {
        reasons.add(reason.word());
      }
    }
    for (String reason : reasons) {
      attempts(DocumentState.QUEUED.word(), reason);
      attempts(DocumentState.FAILED.word(), reason);
    }
  }

  private Counter attempts(String outcome, String reason) {
    return Counter.builder(ATTEMPTS)
        .description("Attempts at documents, by result")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(registry);
  }

  private Counter pages(PageEnd end) {
    return counter("page.attempts", "Attempts at pages, by how they ended", "outcome", word(end));
  }

  private Counter drifts(Drift sign) {
    return counter(
        "drift", "Signs that the portal's list changes while it is read", "kind", word(sign));
  }

  private Counter captchas(Captcha what) {
    return counter("captchas", "Captchas asked, and answers of people", "outcome", word(what));
  }

  private Counter counter(String name, String description, String label, String value) {
    return Counter.builder("harvester." + name)
        .description(description)
        .tag(label, value)
        .register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder("harvester." + name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  @Override
  public void changed(ScriptChange change) {
    scripts.changed(change);
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

  /** Gauges of the instance's state, in the same registry. */
  public InstanceGauges gauges() {
    return new InstanceGauges(registry);
  }

  Totals totals() {
    return new Totals(
        attempts(STORED),
        attempts(DocumentState.FAILED.word()),
        listing.count() + download.count(),
        listing.totalTime(TimeUnit.SECONDS) + download.totalTime(TimeUnit.SECONDS));
  }

  private double attempts(String outcome) {
    return registry.find(ATTEMPTS).tag("outcome", outcome).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Override
  public void pageEnded(PageEnd end) {
    pages(end).increment();
  }

  @Override
  public void stored(long size, Duration time) {
    stored.increment();
    bytes.increment(size);
    upload.record(time);
  }

  @Override
  public void notStored(DocumentState state, FailureReason reason) {
    attempts(state.word(), bounded(reason)).increment();
  }

  /** A portal may respond with any status, so only its class becomes a label. */
  private static String bounded(FailureReason reason) {
    return reason.isHttp() ? reason.word().replaceFirst("\\d\\d$", "xx") : reason.word();
  }

  @Override
  public void drift(Drift sign) {
    drifts(sign).increment();
  }

  @Override
  public void captcha(Captcha what) {
    captchas(what).increment();
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
