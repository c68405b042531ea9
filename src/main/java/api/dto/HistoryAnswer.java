package api.dto;

import java.util.List;

/** How the harvest went over the last hour and the last day. */
public record HistoryAnswer(Series hour, Series day, String timestamp) implements Success {

  /**
   * Figures of equal steps of time, the last of which is now; null where nothing is known.
   *
   * @param from begin of the first step
   */
  public record Series(
      Long stepSeconds,
      String from,
      List<Double> filesPerSecond,
      List<Long> failures,
      List<Double> responseSeconds) {}
}
