package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import model.DocumentState;
import model.FailureReason;
import model.PageRange;
import model.Script;
import org.junit.jupiter.api.Test;
import pipeline.PipelineListener.Captcha;
import pipeline.PipelineListener.Drift;
import pipeline.PipelineListener.PageEnd;
import scripts.ScriptChange;
import scripts.ScriptStatus;
import scripts.WaitingReason;
import testing.Exposition;

class HarvestMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HarvestMetrics metrics;

  HarvestMetricsTest() {
    MetricNames.settle(registry);
    metrics = new HarvestMetrics(registry);
    new StoreTimes(registry);
    metrics.watch(() -> 0, () -> 0);
    LedgerMetrics.register(registry.getPrometheusRegistry(), List::of);
  }

  private Exposition scraped() {
    return new Exposition(registry.scrape());
  }

  private void isNow(int script, ScriptStatus status, WaitingReason reason) {
    metrics.changed(
        new ScriptChange(
            new Script(script, 1, new PageRange(1, 10)),
            ScriptStatus.RUNNING,
            status,
            reason,
            null));
  }

  @Test
  void captchasAreCountedByTheirOutcome() {
    metrics.captcha(Captcha.ASKED);
    metrics.captcha(Captcha.ASKED);
    metrics.captcha(Captcha.WRONG);

    assertThat(scraped().value("harvester_captchas_total", "outcome", "asked")).isEqualTo(2);
    assertThat(scraped().value("harvester_captchas_total", "outcome", "wrong")).isEqualTo(1);
  }

  @Test
  void everySeriesStartsAtZero() {
    Exposition before = scraped();
    assertThat(before.samples())
        .filteredOn(sample -> sample.name().startsWith("harvester_"))
        .allMatch(sample -> sample.value() == 0);
    for (WaitingReason reason : WaitingReason.values()) {
      before.value("harvester_scripts_waiting", "reason", reason.word());
    }
    for (String state : List.of("stored", "failed", "rejected")) {
      before.value("harvester_documents", "state", state);
    }
    before.value("harvester_pages", "state", "left");
    before.value("harvester_pages", "state", "done");

    for (PageEnd end : PageEnd.values()) {
      metrics.pageEnded(end);
    }
    for (Drift sign : Drift.values()) {
      metrics.drift(sign);
    }
    for (Captcha what : Captcha.values()) {
      metrics.captcha(what);
    }
    metrics.stored(1, Duration.ZERO);
    for (FailureReason reason : FailureReason.named()) {
      metrics.notStored(
          reason.isRejection() ? DocumentState.REJECTED : DocumentState.FAILED, reason);
    }
    metrics.notStored(DocumentState.QUEUED, FailureReason.http(503));
    metrics.notStored(DocumentState.FAILED, FailureReason.http(403));
    assertThat(scraped().samples()).hasSameSizeAs(before.samples());
  }

  @Test
  void waitingScriptsAreCountedByTheirReason() {
    isNow(1, ScriptStatus.WAITING, WaitingReason.PORTAL);
    isNow(2, ScriptStatus.WAITING, WaitingReason.PORTAL);
    isNow(3, ScriptStatus.WAITING, WaitingReason.CAPTCHA);
    isNow(2, ScriptStatus.WAITING, WaitingReason.STORE);

    assertThat(scraped().value("harvester_scripts_waiting", "reason", "portal")).isEqualTo(1);
    assertThat(scraped().value("harvester_scripts_waiting", "reason", "store")).isEqualTo(1);
    assertThat(scraped().value("harvester_scripts_waiting", "reason", "captcha")).isEqualTo(1);
    assertThat(scraped().value("harvester_scripts", "status", "waiting")).isEqualTo(3);

    isNow(1, ScriptStatus.RUNNING, null);
    assertThat(scraped().value("harvester_scripts_waiting", "reason", "portal")).isZero();
  }

  @Test
  void callsOfTheStoreAreTimedEvenIfTheyFail() {
    StoreTimes times = new StoreTimes(registry);
    times.time("put_object", () -> "stored");
    try {
      times.time(
          "put_object",
          () -> {
            throw new IllegalStateException("away");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("away");
    }
    assertThat(scraped().value("harvester_store_seconds_count", "operation", "put_object"))
        .isEqualTo(2);
  }

  @Test
  void metricNamesFollowPrometheusConventions() {
    assertThat(scraped().problems()).isEmpty();
  }

  @Test
  void theNamesOfCamelAndTheJvmAreCorrected() {
    Gauge.builder("camel.routes.added", () -> 3)
        .tags(Tags.of("camelContext", "c", "routeId", "r"))
        .register(registry);
    Gauge.builder("app.info", () -> 1).register(registry);
    Gauge.builder("system.cpu.count", () -> 2).description("d").register(registry);
    Counter.builder("process.cpu.time").baseUnit("ns").register(registry).increment();

    assertThat(scraped().problems()).isEmpty();
    assertThat(scraped().value("camel_routes_added", "camel_context", "c", "route_id", "r"))
        .isEqualTo(3);
    assertThat(scraped().value("system_cpus")).isEqualTo(2);
  }
}
