package simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Many seeds: of each, a process that is killed three times while it harvests 200 documents from a
 * portal, into a store and onto a disk with faults. See docs/reliability.md.
 */
class SimulationIT {
  private static final int SEEDS = Integer.getInteger("sim.seeds", 1_000);
  private static final int ENOUGH_TO_FIND_A_MISTAKE = 300;

  /** Stops a script in the middle of calls that end in the same moment, as seed 91 does. */
  private static final long STOPS_AMID_CALLS = 105;

  private static final Logger LOG =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private static Level level;

  @BeforeAll
  static void quiet() {
    level = LOG.getLevel();
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOG.setLevel(level);
  }

  @Test
  void noSeedBreaksARule() throws Exception {
    Seeds.Outcome outcome = Seeds.inAnotherProcess(1, SEEDS);

    System.out.println(outcome.output());
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(outcome.results()).hasSize(SEEDS);
  }

  @Test
  void aSeedTakesTheSameCourseInEveryProcess() throws Exception {
    Seeds.Outcome outcome = Seeds.inAnotherProcess(STOPS_AMID_CALLS - 1, STOPS_AMID_CALLS);

    assertThat(outcome.results())
        .containsEntry(STOPS_AMID_CALLS - 1, result(STOPS_AMID_CALLS - 1))
        .containsEntry(STOPS_AMID_CALLS, result(STOPS_AMID_CALLS));
  }

  private static String result(long seed) {
    return Run.of(seed, Seeds.DOCUMENTS, Seeds.KILLS, Mistake.NONE, false).toString();
  }

  @Test
  @Timeout(120)
  void aSeedReplaysStepForStep() {
    Long chosen = Long.getLong("sim.seed");
    List<Long> seeds = chosen == null ? List.of(1L, 91L, STOPS_AMID_CALLS) : List.of(chosen);
    for (long seed : seeds) {
      Run.Result first = Run.of(seed, Seeds.DOCUMENTS, Seeds.KILLS, Mistake.NONE, chosen != null);

      assertThat(Run.of(seed, Seeds.DOCUMENTS, Seeds.KILLS, Mistake.NONE, false)).isEqualTo(first);
    }
  }

  @Test
  void everyReintroducedBugIsFound() throws Exception {
    List<String> overlooked =
        Seeds.failures(
            Mistakes.all().entrySet().stream()
                .<Callable<Void>>map(
                    mistake ->
                        () -> {
                          find(mistake.getKey(), mistake.getValue());
                          return null;
                        }));
    assertThat(overlooked).isEmpty();
  }

  private static void find(String name, Mistake mistake) {
    assertThatThrownBy(
            () -> {
              for (long seed = 1; seed <= ENOUGH_TO_FIND_A_MISTAKE; seed++) {
                Run.of(seed, Seeds.DOCUMENTS / 2, Seeds.KILLS, mistake, false);
              }
            })
        .as(name)
        .hasCauseInstanceOf(Checks.Breach.class);
  }

  @Test
  void anyCallMayFailOnceOrFromThenOn() throws Exception {
    List<String> broken =
        Seeds.failures(
            Stream.of(Port.values())
                .flatMap(port -> Stream.of(loop(port, false), loop(port, true))));
    assertThat(broken).isEmpty();
  }

  private static Callable<Void> loop(Port port, boolean isForEver) {
    return () -> {
      int call = 1;
      while (Run.failing(port, call, isForEver)) {
        call++;
      }
      assertThat(call).as("calls of the " + port).isGreaterThan(50);
      return null;
    };
  }
}
