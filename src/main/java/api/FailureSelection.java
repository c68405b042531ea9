package api;

import java.util.List;
import ledger.FailureFilter;
import model.FailureReason;
import model.PageRange;
import org.jspecify.annotations.Nullable;
import scripts.Orchestrator;
import scripts.ScriptSnapshot;

/** Reads which failures a call refers to. */
final class FailureSelection {
  private final Orchestrator orchestrator;

  FailureSelection(Orchestrator orchestrator) {
    this.orchestrator = orchestrator;
  }

  /**
   * Null for what the call does not name.
   *
   * @throws ApiException if there is no such reason or script, or if a list of ids names none
   */
  FailureFilter of(@Nullable String reason, @Nullable Integer script, @Nullable List<String> ids) {
    if (reason != null && FailureReason.of(reason).isEmpty()) {
      throw new ApiException(400, "reason must be one of " + FailureReason.allWords());
    }
    if (ids != null && (ids.isEmpty() || ids.contains(null))) {
      throw new ApiException(400, "ids must name at least one document, each by a text");
    }
    if (script == null) {
      return new FailureFilter(reason, null, ids);
    }
    ScriptSnapshot of = StatusApi.script(orchestrator, String.valueOf(script));
    return of.script()
        .pages()
        .map(range -> new PageRange(range.first(), of.lastPage()))
        .map(pages -> new FailureFilter(reason, pages, ids))
        .orElse(FailureFilter.NONE);
  }
}
