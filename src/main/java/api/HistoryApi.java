package api;

import api.dto.HistoryAnswer;
import java.time.Instant;
import java.time.InstantSource;
import model.ApiFormat;
import monitor.History;
import monitor.Mark;
import monitor.RollingSeries;

/** {@code GET /api/history}: the history of the harvest. */
public final class HistoryApi {
  private final History history;
  private final InstantSource clock;

  public HistoryApi(History history, InstantSource clock) {
    this.history = history;
    this.clock = clock;
  }

  /** {@code GET /api/history}. */
  public HistoryAnswer history() {
    return new HistoryAnswer(
        series(history.hour()),
        series(history.day()),
        history.marks().stream().map(HistoryApi::mark).toList(),
        ApiFormat.time(clock.instant()));
  }

  private static HistoryAnswer.Mark mark(Mark mark) {
    Instant until = mark.until();
    return new HistoryAnswer.Mark(
        mark.kind().word(),
        ApiFormat.time(mark.at()),
        until == null ? null : ApiFormat.time(until),
        mark.script(),
        mark.reason());
  }

  private static HistoryAnswer.Series series(RollingSeries.Figures figures) {
    return new HistoryAnswer.Series(
        figures.stepSeconds(),
        ApiFormat.time(figures.from()),
        figures.filesPerSecond(),
        figures.failures(),
        figures.responseSeconds());
  }
}
