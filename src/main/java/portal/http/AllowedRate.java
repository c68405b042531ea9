package portal.http;

import config.OpenHours;
import config.RateLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a second are allowed now: the lowest of what the configuration, a person, the
 * hours of the day, the other instances and the portal's own answers allow. Not thread-safe.
 */
final class AllowedRate {
  private final RateLimits limits;
  private final InstantSource clock;
  private final @Nullable AutoRate auto;
  private OptionalDouble set = OptionalDouble.empty();
  private OptionalDouble share = OptionalDouble.empty();

  AllowedRate(RateLimits limits, InstantSource clock, long now) {
    this.limits = limits;
    this.clock = clock;
    this.auto = limits.adapts() ? new AutoRate(limits.rate(), now) : null;
  }

  /** A person allows this rate; 0 for no limit. */
  void set(double rate) {
    set = OptionalDouble.of(rate);
    if (auto != null) {
      auto.most(rate);
    }
  }

  /** This instance's share of what all instances may send. */
  void share(double rate) {
    share = OptionalDouble.of(rate);
  }

  /** A request has ended, and did not ask for a pause. */
  void ended(long nanos, boolean answered) {
    if (auto != null) {
      auto.ended(nanos, answered);
    }
  }

  /** The portal asked for a pause, or answered 5xx. */
  void troubled() {
    if (auto != null) {
      auto.troubled();
    }
  }

  /** Requests per second; 0 for no limit. */
  double now(long now) {
    double configured = set.isPresent() ? 0 : limits.rate();
    return Stream.of(
            open().map(OpenHours::rate).orElse(OptionalDouble.empty()).orElse(configured),
            set.orElse(0),
            share.orElse(0),
            auto == null ? 0 : auto.rate(now))
        .filter(limit -> limit > 0)
        .min(Comparator.naturalOrder())
        .orElse(0.0);
  }

  private Optional<OpenHours> open() {
    Instant now = clock.instant();
    return limits.hours().stream().filter(each -> each.isOpen(now)).findFirst();
  }

  /** When requests are allowed again; empty if they are now. */
  Optional<Instant> opens() {
    if (limits.hours().isEmpty() || open().isPresent()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return limits.hours().stream().map(each -> each.opens(now)).min(Comparator.naturalOrder());
  }

  /** The allowed hours, as a message for people. */
  String hours() {
    return "portal.hours allows requests only "
        + limits.hours().stream().map(OpenHours::toString).collect(Collectors.joining(", "));
  }
}
