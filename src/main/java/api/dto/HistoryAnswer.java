package api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The harvest over the last hour and the last day. */
public record HistoryAnswer(Series hour, Series day, String timestamp) implements Success {

  /**
   * Values for equal steps of time, of which the last is the current one; null where nothing is
   * known.
   *
   * @param from start of the first step
   */
  public record Series(
      Long stepSeconds,
      String from,
      List<@Nullable Double> filesPerSecond,
      List<@Nullable Long> failures,
      List<@Nullable Double> responseSeconds) {}
}
