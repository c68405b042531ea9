package model;

import java.math.BigDecimal;

/**
 * Percentages of what is done, which claim neither completeness nor emptiness that is not there.
 */
public final class Percent {
  private static final double LEAST = 0.01;

  private Percent() {}

  /**
   * A part in percent, rounded down to hundredths: 100 only if nothing is missing, and 0 only if
   * there is nothing.
   *
   * @return 100 if the whole is 0
   */
  public static double of(long part, long whole) {
    if (whole == 0) {
      return 100;
    }
    double roundedDown = Math.floor(part * 10_000.0 / whole) / 100;
    return part > 0 ? Math.max(LEAST, roundedDown) : roundedDown;
  }

  /** A percentage in words, with the digits that it has, such as {@code 61 %} or {@code 9.94 %}. */
  public static String words(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + " %";
  }
}
