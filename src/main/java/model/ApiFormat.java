package model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The format of times and numbers in the API's JSON. */
public final class ApiFormat {
  private ApiFormat() {}

  /** ISO-8601 in UTC with milliseconds. */
  public static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Rounded to at most three decimals. */
  public static double rounded(double number) {
    return Math.round(number * 1000) / 1000.0;
  }
}
