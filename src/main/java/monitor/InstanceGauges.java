package monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import portal.http.Limits;
import scripts.PendingCaptchas;

/** The current state of the instance, for alerts: each gauge queries its source when it is read. */
public final class InstanceGauges {
  /**
   * The last audit.
   *
   * @param findings how many findings
   * @param gaps listed documents that are not in the bucket
   */
  public record LastAudit(long findings, long gaps, Instant finished) {}

  private final MeterRegistry registry;

  InstanceGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  private Gauge.Builder<?> gauge(String name, String description, Supplier<Number> value) {
    return Gauge.builder("harvester." + name, value).description(description);
  }

  /** What waits for a person. */
  public InstanceGauges captchas(PendingCaptchas captchas) {
    gauge("captchas.waiting", "Captchas waiting for a person", () -> captchas.waiting().size())
        .register(registry);
    return this;
  }

  /** The limits on requests to the portal, as they are now. */
  public InstanceGauges limits(Limits limits) {
    gauge(
            "governor.requests.per.second",
            "Requests to the portal that may start in a second; 0 for no limit",
            () -> limits.state().rate())
        .register(registry);
    gauge(
            "governor.concurrency",
            "Requests to the portal that may be in progress at once",
            () -> limits.state().concurrency())
        .register(registry);
    gauge(
            "governor.paused",
            "1 while the portal holds all requests back, else 0",
            () -> limits.state().hold().isPresent() ? 1 : 0)
        .register(registry);
    return this;
  }

  /** The machine and the disk with the data folder. */
  public InstanceGauges machine(SystemFigures machine) {
    gauge(
            "machine.cpu.ratio",
            "Load of all processors of the machine, 0 to 1",
            () -> ratio(machine.figures().cpuPercent()))
        .register(registry);
    gauge(
            "machine.memory.ratio",
            "Memory of the machine in use, 0 to 1",
            () -> ratio(machine.figures().memoryPercent()))
        .register(registry);
    gauge(
            "disk.free",
            "Free space on the disk with the data folder",
            () -> machine.figures().diskFreeBytes())
        .baseUnit("bytes")
        .register(registry);
    gauge("disk.size", "Size of the disk with the data folder", machine::diskBytes)
        .baseUnit("bytes")
        .register(registry);
    return this;
  }

  private static double ratio(@Nullable Double percent) {
    return percent == null ? Double.NaN : percent / 100;
  }

  /** Whether the instance can work, by check. */
  public InstanceGauges health(Health health) {
    health.each(
        (check, problem) ->
            gauge("health", "1 if the check passes, else 0", () -> problem.get().isEmpty() ? 1 : 0)
                .tag("check", check)
                .register(registry));
    return this;
  }

  /** The last audit; everything is 0 while there was none. */
  public InstanceGauges audit(Supplier<Optional<LastAudit>> last) {
    audit("findings", "Findings of the last audit", last, LastAudit::findings).register(registry);
    audit(
            "gaps",
            "Listed documents that the last audit missed in the bucket",
            last,
            LastAudit::gaps)
        .register(registry);
    audit(
            "end.timestamp",
            "When the last audit ended, since 1970; 0 if there was none",
            last,
            audit -> audit.finished().getEpochSecond())
        .baseUnit("seconds")
        .register(registry);
    return this;
  }

  private Gauge.Builder<?> audit(
      String name,
      String description,
      Supplier<Optional<LastAudit>> last,
      ToDoubleFunction<LastAudit> figure) {
    return gauge(
        "audit." + name, description, () -> last.get().map(figure::applyAsDouble).orElse(0.0));
  }
}
