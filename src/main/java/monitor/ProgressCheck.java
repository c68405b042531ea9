package monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scripts.ScriptSnapshot;
import scripts.ScriptStatus;
import scripts.WaitingReason;

/** Checks that working scripts make progress, as long as the portal responds. */
public final class ProgressCheck implements Supplier<Optional<String>> {
  private final Supplier<List<ScriptSnapshot>> scripts;
  private final Supplier<@Nullable Instant> lastAnswer;
  private final Duration longest;
  private final InstantSource clock;

  /**
   * @param lastAnswer when the portal last responded; null if it never did
   * @param longest acceptable time without progress
   */
  public ProgressCheck(
      Supplier<List<ScriptSnapshot>> scripts,
      Supplier<@Nullable Instant> lastAnswer,
      Duration longest,
      InstantSource clock) {
    this.scripts = scripts;
    this.lastAnswer = lastAnswer;
    this.longest = longest;
    this.clock = clock;
  }

  @Override
  public Optional<String> get() {
    Instant since = clock.instant().minus(longest);
    Instant answer = lastAnswer.get();
    if (answer == null || answer.isBefore(since)) {
      return Optional.empty();
    }
    List<Integer> stuck =
        scripts.get().stream()
            .filter(script -> isHeldUpByNobody(script) && isBefore(script.lastProgress(), since))
            .map(script -> script.script().id())
            .toList();
    return stuck.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no progress for %d minutes though the portal answers: scripts %s"
                .formatted(longest.toMinutes(), stuck));
  }

  private static boolean isBefore(@Nullable Instant progress, Instant since) {
    return progress != null && progress.isBefore(since);
  }

  /** Whether the script waits neither for a person nor for the store, which other checks cover. */
  private static boolean isHeldUpByNobody(ScriptSnapshot script) {
    return script.status() == ScriptStatus.RUNNING
        || script.status() == ScriptStatus.WAITING
            && script.waitingReason() == WaitingReason.PORTAL;
  }
}
