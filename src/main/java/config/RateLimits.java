package config;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast requests may be sent to the portal, in requests per second. The lowest of these limits
 * counts.
 *
 * @param rate the most for the whole instance; 0 for no limit
 * @param adapts whether the instance finds its own rate below that
 * @param ceiling the most that may be set while it runs; empty for no such limit
 * @param hours when requests are allowed; empty for always
 * @param fleetRate the most for all instances together; empty for no such limit
 */
public record RateLimits(
    double rate,
    boolean adapts,
    OptionalDouble ceiling,
    List<OpenHours> hours,
    OptionalDouble fleetRate) {

  private static final int MINUTES_OF_A_DAY = 1440;

  /** One rate at all times. */
  public static RateLimits fixed(double rate) {
    return new RateLimits(rate, false, OptionalDouble.empty(), List.of(), OptionalDouble.empty());
  }

  /**
   * The most that one of these instances may send, on average over a day; 0 for no limit.
   *
   * @param day when that day begins
   */
  public double mean(int instances, Instant day) {
    double share = fleetRate.isPresent() ? fleetRate.getAsDouble() / instances : 0;
    if (hours.isEmpty()) {
      return lower(rate, share);
    }
    double sum = 0;
    for (int minute = 0; minute < MINUTES_OF_A_DAY; minute++) {
      Instant now = day.plus(Duration.ofMinutes(minute));
      Optional<OpenHours> open = hours.stream().filter(each -> each.isOpen(now)).findFirst();
      if (open.isPresent()) {
        double most = lower(open.get().rate().orElse(rate), share);
        if (most == 0) {
          return 0;
        }
        sum += most;
      }
    }
    return sum / MINUTES_OF_A_DAY;
  }

  private static double lower(double one, double other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }
}
