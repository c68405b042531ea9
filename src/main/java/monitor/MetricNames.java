package monitor;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names the series of Camel and of the JVM as Prometheus wants them, so that everything that is
 * served passes {@code promtool check metrics}.
 */
public final class MetricNames implements MeterFilter {
  /** Its name abbreviates its unit, and {@code process.cpu.usage} says the same. */
  private static final Set<String> DROPPED = Set.of("process.cpu.time");

  private static final Map<String, String> RENAMED =
      Map.of("system.cpu.count", "system.cpus"); // the suffix belongs to histograms

  /** For series that have none. */
  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "app.info", "The versions of Camel",
          "camel.routes.added", "Camel routes",
          "camel.routes.running", "Camel routes that run",
          "camel.routes.reloaded", "Camel routes that were loaded anew");

  private MetricNames() {}

  /** Applies these names to everything registered from now on; the registry must still be empty. */
  public static void settle(MeterRegistry registry) {
    registry.config().meterFilter(new MetricNames());
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return DROPPED.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    return new Meter.Id(
        RENAMED.getOrDefault(id.getName(), id.getName()),
        Tags.of(id.getTags().stream().map(MetricNames::named).collect(Collectors.toList())),
        id.getBaseUnit(),
        DESCRIPTIONS.getOrDefault(id.getName(), id.getDescription()),
        id.getType());
  }

  private static Tag named(Tag tag) {
    String name = tag.getKey().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    return Tag.of(name, tag.getValue());
  }
}
