package model;

/** Seconds until work is done; null if nothing is left, or if it is not known. */
public final class TimeLeft {
  private TimeLeft() {}

  /**
   * For pages at the present rate.
   *
   * @param pages that are left, full ones at most
   */
  public static Long of(long pages, int pageSize, double documentsPerSecond) {
    return pages == 0 || documentsPerSecond == 0
        ? null
        : Long.valueOf(Math.round(pages * pageSize / documentsPerSecond));
  }
}
