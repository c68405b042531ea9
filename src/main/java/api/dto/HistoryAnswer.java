package api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The harvest over the last hour and the last day.
 *
 * @param marks what happened over the last day, oldest first
 */
public record HistoryAnswer(Series hour, Series day, List<Mark> marks, String timestamp)
    implements Success {

  /**
   * Something that happened.
   *
   * @param kind {@code restart}, {@code start}, {@code stop}, {@code outage}, {@code captcha},
   *     {@code quota} or {@code sweep}
   * @param until when it was over; null while it lasts, and for what takes no time
   * @param scriptId null if it concerns all
   * @param reason what scripts waited for, or why one stopped by itself; null if there is none
   */
  public record Mark(
      String kind,
      String at,
      @Nullable String until,
      @Nullable Integer scriptId,
      @Nullable String reason) {}

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
