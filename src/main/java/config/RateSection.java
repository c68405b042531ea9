package config;

import java.util.List;
import java.util.OptionalDouble;

/** Reads and checks the keys that limit how fast requests are sent to the portal. */
final class RateSection {
  private static final String AUTO = "auto";

  private final Values values;

  RateSection(Values values) {
    this.values = values;
  }

  RateLimits read() {
    boolean adapts = values.text(ConfigKey.RATE).filter(AUTO::equals).isPresent();
    OptionalDouble ceiling = ceiling(adapts);
    OptionalDouble fleetRate = fleetRate();
    double rate = adapts || isLeftToFleet(fleetRate) ? 0 : fraction(ConfigKey.RATE, ", or auto");
    double most = ceiling.orElse(0);
    if (most > 0 && rate > most) {
      if (values.isSet(ConfigKey.RATE)) {
        throw values.mistake(
            ConfigKey.RATE,
            "is above portal.max-rate, %s; expected at most that".formatted(number(most)));
      }
      rate = most;
    }
    return new RateLimits(rate == 0 ? most : rate, adapts, ceiling, hours(ceiling), fleetRate);
  }

  /** The default applies only to an instance that has no other limit. */
  private boolean isLeftToFleet(OptionalDouble fleetRate) {
    return fleetRate.isPresent() && !values.isSet(ConfigKey.RATE);
  }

  private double fraction(ConfigKey key, String others) {
    return values.fraction(key, "a number of 0 or more, such as 5 or 0.5" + others);
  }

  /** Without {@code portal.max-rate}, {@code auto} is never faster than the default rate. */
  private OptionalDouble ceiling(boolean adapts) {
    if (values.text(ConfigKey.MAX_RATE).isPresent()) {
      return OptionalDouble.of(positive(ConfigKey.MAX_RATE));
    }
    return adapts
        ? OptionalDouble.of(Double.parseDouble(ConfigKey.RATE.fallback().orElseThrow()))
        : OptionalDouble.empty();
  }

  private List<OpenHours> hours(OptionalDouble ceiling) {
    List<OpenHours> all = values.list(ConfigKey.HOURS).stream().map(this::hours).toList();
    for (OpenHours each : all) {
      if (each.rate().orElse(0) > ceiling.orElse(Double.MAX_VALUE)) {
        throw values.mistake(
            ConfigKey.HOURS,
            "has a rate above portal.max-rate, %s; expected at most that"
                .formatted(number(ceiling.orElseThrow())));
      }
    }
    return all;
  }

  private OpenHours hours(String text) {
    return OpenHours.read(text)
        .orElseThrow(
            () ->
                values.mistake(
                    ConfigKey.HOURS,
                    "holds \"%s\"; expected hours, such as 20:00-08:00 Asia/Kolkata, with a rate behind them if they have one of their own, and commas between several"
                        .formatted(text)));
  }

  private OptionalDouble fleetRate() {
    return values.text(ConfigKey.FLEET_RATE).isPresent()
        ? OptionalDouble.of(positive(ConfigKey.FLEET_RATE))
        : OptionalDouble.empty();
  }

  private double positive(ConfigKey key) {
    String expected = "a number above 0, such as 5 or 0.5";
    double number = values.fraction(key, expected);
    if (number == 0) {
      throw values.mistake(key, "is not " + expected);
    }
    return number;
  }

  private static String number(double rate) {
    return rate == Math.rint(rate) ? String.valueOf((long) rate) : String.valueOf(rate);
  }
}
