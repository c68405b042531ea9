package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class HarvestMetricsTest {
  @Test
  void captchasAreCountedByWhatCameOfThem() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HarvestMetrics metrics = new HarvestMetrics(registry);
    metrics.captcha("asked");
    metrics.captcha("asked");
    metrics.captcha("wrong");

    assertThat(registry.scrape())
        .contains("harvester_captchas_total{outcome=\"asked\"} 2.0")
        .contains("harvester_captchas_total{outcome=\"wrong\"} 1.0");
  }
}
