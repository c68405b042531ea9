package monitor;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import scripts.ScriptSnapshot;

/**
 * The progress of the harvest according to the ledger: correct from the first scrape of a process,
 * whatever happened before. The scripts are queried once per scrape, so that its figures are
 * consistent.
 */
public final class LedgerMetrics implements MultiCollector {
  private final Supplier<List<ScriptSnapshot>> scripts;

  private LedgerMetrics(Supplier<List<ScriptSnapshot>> scripts) {
    this.scripts = scripts;
  }

  /** Adds the gauges to a registry. */
  public static void register(PrometheusRegistry registry, Supplier<List<ScriptSnapshot>> scripts) {
    registry.register(new LedgerMetrics(scripts));
  }

  @Override
  public MetricSnapshots collect() {
    long pages = 0;
    long done = 0;
    long stored = 0;
    long failed = 0;
    long rejected = 0;
    for (ScriptSnapshot script : scripts.get()) {
      pages += script.totalPages();
      done += script.tally().completedPages();
      stored += script.tally().stored();
      failed += script.tally().failed();
      rejected += script.rejectedRows();
    }
    return MetricSnapshots.of(
        gauge(
            "harvester_pages",
            "Pages of this instance's scripts, by whether they are done",
            Map.of("left", pages - done, "done", done)),
        gauge(
            "harvester_documents",
            "Documents of this instance's scripts, by what has come of them",
            Map.of("stored", stored, "failed", failed, "rejected", rejected)));
  }

  private static GaugeSnapshot gauge(String name, String help, Map<String, Long> states) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    new TreeMap<>(states)
        .forEach(
            (state, value) ->
                gauge.dataPoint(
                    GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("state", state))
                        .value(value)
                        .build()));
    return gauge.build();
  }
}
