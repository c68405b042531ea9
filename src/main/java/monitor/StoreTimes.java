package monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import store.CallTimer;

/** The store's response times by operation, for Prometheus. */
public final class StoreTimes implements CallTimer {
  /** The calls that a running instance makes; others get their series when they first occur. */
  private static final List<String> USUAL =
      List.of(
          "put_object",
          "head_object",
          "get_object",
          "list_objects_v2",
          "delete_object",
          "head_bucket");

  private final MeterRegistry registry;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  public StoreTimes(MeterRegistry registry) {
    this.registry = registry;
    USUAL.forEach(this::timer);
  }

  private Timer timer(String operation) {
    return timers.computeIfAbsent(
        operation,
        name ->
            Timer.builder("harvester.store")
                .description("Calls of the store, each with its repetitions")
                .tag("operation", name)
                .serviceLevelObjectives(HarvestMetrics.BUCKETS)
                .register(registry));
  }

  @Override
  public <T> T time(String operation, Supplier<T> call) {
    Timer.Sample begun = Timer.start(registry);
    try {
      return call.get();
    } finally {
      begun.stop(timer(operation));
    }
  }
}
