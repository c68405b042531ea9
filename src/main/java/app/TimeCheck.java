package app;

import config.Configuration;
import config.RateLimits;
import java.time.InstantSource;
import java.util.OptionalLong;
import model.Distribution;

/** Estimates how long the harvest takes at the configured rate. */
final class TimeCheck {
  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final int SECONDS_OF_AN_HOUR = 3_600;

  private final CheckReport report;
  private final InstantSource clock;

  TimeCheck(CheckReport report, InstantSource clock) {
    this.report = report;
    this.clock = clock;
  }

  /**
   * @param total the portal's; empty if it names none
   * @param requests that one document needs
   */
  void estimate(OptionalLong total, int requests, Configuration with) {
    Distribution plan = with.harvest().distribution();
    RateLimits limits = with.portal().politeness().rate();
    double rate = limits.mean(plan.instances(), clock.instant());
    if (rate == 0) {
      report.warn("time", "portal.rate is 0: requests have no limit, which few portals agree to");
      return;
    }
    double all = (double) total.orElse(plan.totalResults()) * requests + plan.pages();
    long seconds = (long) Math.ceil(all / rate / plan.instances());
    report.takes(seconds);
    report.ok(
        "time",
        "the harvest takes %s%s at %s%s"
            .formatted(
                limits.adapts() ? "at least " : "",
                words(seconds),
                words(limits, rate),
                plan.instances() == 1
                    ? ""
                    : " on each of %d instances".formatted(plan.instances())));
  }

  private static String words(RateLimits limits, double mean) {
    if (limits.hours().isEmpty() && limits.fleetRate().isEmpty()) {
      return (limits.adapts() ? "portal.max-rate=" : "portal.rate=") + number(limits.rate());
    }
    return number(Math.round(mean * 1000) / 1000.0) + " requests a second on average";
  }

  private static String number(double rate) {
    return rate == Math.rint(rate) ? String.valueOf((long) rate) : String.valueOf(rate);
  }

  private static String words(long seconds) {
    if (seconds >= 2 * SECONDS_OF_A_DAY) {
      return "about %d days".formatted(Math.round((double) seconds / SECONDS_OF_A_DAY));
    }
    return seconds >= 2 * SECONDS_OF_AN_HOUR
        ? "about %d hours".formatted(Math.round((double) seconds / SECONDS_OF_AN_HOUR))
        : "about %d min".formatted(Math.max(1, Math.round(seconds / 60.0)));
  }
}
