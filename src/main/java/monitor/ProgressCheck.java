package monitor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scripts.ScriptSnapshot;
import scripts.ScriptStatus;
import scripts.WaitingReason;

/**
 * Checks that working scripts make progress, as long as the portal responds. It measures elapsed
 * time, so a change of the system's clock makes no difference.
 */
public final class ProgressCheck implements Supplier<Optional<String>> {
  private final Supplier<List<ScriptSnapshot>> scripts;
  private final Supplier<@Nullable Duration> sinceAnswer;
  private final Duration longest;

  /**
   * @param sinceAnswer how long ago the portal last responded; null if it never did
   * @param longest acceptable time without progress
   */
  public ProgressCheck(
      Supplier<List<ScriptSnapshot>> scripts,
      Supplier<@Nullable Duration> sinceAnswer,
      Duration longest) {
    this.scripts = scripts;
    this.sinceAnswer = sinceAnswer;
    this.longest = longest;
  }

  @Override
  public Optional<String> get() {
    Duration answer = sinceAnswer.get();
    if (answer == null || isTooLong(answer)) {
      return Optional.empty();
    }
    List<Integer> stuck =
        scripts.get().stream()
            .filter(script -> isHeldUpByNobody(script) && isTooLong(script.sinceProgress()))
            .map(script -> script.script().id())
            .toList();
    return stuck.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no progress for %d minutes though the portal answers: scripts %s"
                .formatted(longest.toMinutes(), stuck));
  }

  private boolean isTooLong(@Nullable Duration time) {
    return time != null && time.compareTo(longest) > 0;
  }

  /** Whether the script waits neither for a person nor for the store, which other checks cover. */
  private static boolean isHeldUpByNobody(ScriptSnapshot script) {
    return script.status() == ScriptStatus.RUNNING
        || script.status() == ScriptStatus.WAITING
            && script.waitingReason() == WaitingReason.PORTAL;
  }
}
