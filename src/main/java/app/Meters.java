package app;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import monitor.HarvestMetrics;
import monitor.LedgerMetrics;
import monitor.MetricNames;
import monitor.StoreTimes;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import scripts.ScriptSnapshot;

/** What an instance measures, as Prometheus reads it. */
final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HarvestMetrics harvest;
  private final StoreTimes store;
  private final JvmGcMetrics gc = new JvmGcMetrics(); // Camel would never close it

  Meters() {
    MetricNames.settle(registry); // before the first meter
    harvest = new HarvestMetrics(registry);
    store = new StoreTimes(registry);
  }

  HarvestMetrics harvest() {
    return harvest;
  }

  StoreTimes store() {
    return store;
  }

  /** The scripts' pages and documents, as the ledger has them. */
  void watch(Supplier<List<ScriptSnapshot>> scripts) {
    LedgerMetrics.register(registry.getPrometheusRegistry(), scripts);
  }

  /** Makes Camel record its own figures here, too. */
  void addTo(Main camel) {
    gc.bindTo(registry);
    camel.bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
  }

  @Override
  public void close() {
    gc.close();
  }
}
