package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import pipeline.PipelineListener.Captcha;

class HarvestMetricsTest {
  @Test
  void captchasAreCountedByWhatCameOfThem() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HarvestMetrics metrics = new HarvestMetrics(registry);
    metrics.captcha(Captcha.ASKED);
    metrics.captcha(Captcha.ASKED);
    metrics.captcha(Captcha.WRONG);

    assertThat(registry.scrape())
        .contains("harvester_captchas_total{outcome=\"asked\"} 2.0")
        .contains("harvester_captchas_total{outcome=\"wrong\"} 1.0");
  }
}
