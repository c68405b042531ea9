package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.VirtualTicker;

class ConditionFinderTest {
  private final VirtualTicker ticker = new VirtualTicker();
  private ConditionFinder finder = new ConditionFinder(ticker);

  private List<String> find(Pictures now) {
    return finder.find(now.situation(), Set.of()).stream()
        .map(condition -> condition.kind().word() + ": " + condition.text())
        .toList();
  }

  @Test
  void nothingIsFoundIfAllIsWell() {
    assertThat(
            find(
                new Pictures()
                    .script(1, "running")
                    .script(2, "not_started")
                    .script(3, "stopped")
                    .set("success_rate", 98.0)
                    .system("cpu_percent", 80)
                    .system("memory_percent", 75)
                    .diskFree(10)
                    .audit(true)))
        .isEmpty();
  }

  @Test
  void scriptsThatNeedAPersonAreFound() {
    assertThat(
            find(
                new Pictures()
                    .script(5, "error", "last_error", "no such\r\nSubject: page")
                    .script(6, "waiting", "waiting_reason", "captcha")))
        .containsExactly(
            "script_error: script 5 is in error: no such\ufffd\ufffdSubject: page",
            "captcha: script 6 waits for a person to read a captcha");
  }

  @ParameterizedTest
  @ValueSource(strings = {"portal", "store", "robots", "disk", "quota"})
  void scriptsThatWaitAreFound(String reason) {
    assertThat(
            find(
                new Pictures()
                    .script(5, "waiting", "waiting_reason", reason, "last_error", "away")))
        .containsExactly("script_waiting: script 5 waits (" + reason + "): away");
  }

  @Test
  void aScriptThatRetriesStillWaitsUntilARetrySucceeds() {
    find(new Pictures().script(5, "waiting", "waiting_reason", "portal"));

    assertThat(find(new Pictures().script(5, "running"))).hasSize(1);
    assertThat(find(new Pictures().script(5, "running", "total_files_downloaded", 8))).isEmpty();
    assertThat(find(new Pictures().script(5, "running", "total_files_downloaded", 8))).isEmpty();
  }

  @Test
  void aStoppedScriptNoLongerWaits() {
    find(new Pictures().script(5, "waiting", "waiting_reason", "portal"));

    assertThat(find(new Pictures().script(5, "stopped"))).isEmpty();
    assertThat(find(new Pictures().script(5, "running"))).isEmpty();
  }

  @Test
  void aWaitReportedByAnEarlierProcessLastsUntilTheScriptContinues() {
    Situation starting = new Pictures().script(5, "starting").situation();
    Set<String> told = Set.of("script_waiting script 5");

    assertThat(finder.find(starting, told)).hasSize(1);
    assertThat(
            finder.find(
                new Pictures().script(5, "running", "completed_pages", 2).situation(), told))
        .isEmpty();
  }

  @Test
  void aReportedWaitIsOverForGoodOnceTheScriptGoesOn() {
    Set<String> told = Set.of("script_waiting script 5");
    Pictures waiting = new Pictures().script(5, "waiting", "waiting_reason", "portal");
    assertThat(finder.find(waiting.situation(), told)).hasSize(1);

    for (int stored = 8; stored < 12; stored++) {
      Pictures running = new Pictures().script(5, "running", "total_files_downloaded", stored);
      assertThat(finder.find(running.situation(), told)).as("%d are stored", stored).isEmpty();
    }
  }

  @Test
  void aRunningScriptWithoutProgressIsFound() {
    Pictures still = new Pictures().script(5, "running", "last_updated", "2026-11-27T01:00:00Z");
    assertThat(find(still)).isEmpty();
    ticker.pass(Duration.ofSeconds(20));
    assertThat(find(still)).containsExactly("no_progress: script 5 runs, but has made no progress");

    assertThat(find(new Pictures().script(5, "running", "last_updated", "2026-11-27T01:00:01Z")))
        .isEmpty();
  }

  @Test
  void theMachinesLimitsAreFound() {
    assertThat(
            find(
                new Pictures()
                    .diskFree(9.94)
                    .system("cpu_percent", 80.1)
                    .system("memory_percent", 75.4)))
        .containsExactly(
            "disk: the disk of the data folder has 9.94 % free (145,408 MiB)",
            "cpu: the CPU load is 80.1 % (told above 80 %)",
            "memory: the memory use is 75.4 % (told above 75 %)");
  }

  @Test
  void aLowSuccessRateAPeerAndAnAuditAreFound() {
    assertThat(
            find(
                new Pictures()
                    .set("success_rate", 97.99)
                    .set("failed_downloads", 205)
                    .set("total_files_downloaded", 10_000)
                    .away("http://10.0.0.3:5000", "no connection within 5 s")
                    .audit(false)))
        .containsExactly(
            "success_rate: the success rate is 97.99 %: 205 documents failed, 10,000 are stored",
            "peer: peer http://10.0.0.3:5000 is unreachable: no connection within 5 s",
            "audit: the audit of 2026-11-27T01:12:00Z is not clean (findings: 3, gaps: 1)");
  }

  @Test
  void completionsAreFoundButNotOfScriptsWithoutPages() {
    assertThat(
            find(
                new Pictures()
                    .script(1, "completed")
                    .script(2, "completed", "total_pages", 0)
                    .script(3, "running")))
        .containsExactly(
            "script_completed: script 1 has completed its 10 pages: 7 documents stored, 0 failed,"
                + " 0 rejected");
    assertThat(find(new Pictures().script(1, "completed").script(2, "completed")))
        .hasSize(3)
        .last()
        .asString()
        .startsWith("harvest_completed: all scripts of this instance have completed");
  }
}
