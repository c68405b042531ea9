package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import testing.ShellCommand;

/** {@code deploy/rehearsal.sh}: four hosts, of which one is cut off, one lost and one upgraded. */
class RehearsalIT {
  private static final Duration MOST = Duration.ofMinutes(20); // on a machine that does much else

  @Test
  void fourServersSurviveACutALossAndAnUpgradeWithNothingLost() throws Exception {
    ShellCommand rehearsal = rehearse();

    assertThat(rehearsal.exitCode()).as(rehearsal.stdout() + rehearsal.stderr()).isZero();
    assertThat(rehearsal.stderr()).isEmpty();
    assertThat(rehearsal.stdout())
        .contains("CLEAN: 132 pages, 1,320 rows, 1,320 stored, 0 not to be had")
        .contains("/unified told the truth");
  }

  @Test
  void whatIsMissingForARehearsalIsReportedInOneLine() throws Exception {
    ShellCommand rehearsal = rehearse("/nowhere.jar");

    assertThat(rehearsal.exitCode()).isEqualTo(2);
    assertThat(rehearsal.stderr().lines()).hasSize(1).first().asString().contains("/nowhere.jar");
    assertThat(rehearsal.stdout()).isEmpty();
  }

  /** If hosts cannot be created, the test is skipped with a message. */
  private static ShellCommand rehearse(String... jars) throws Exception {
    List<String> command = new ArrayList<>(List.of("deploy/rehearsal.sh"));
    command.addAll(List.of(jars));
    ShellCommand rehearsal = ShellCommand.run(Map.of(), command, MOST);
    if (rehearsal.stderr().matches(".*(must run as root|namespaces).*")) {
      System.err.println(rehearsal.stderr());
      Assumptions.abort(rehearsal.stderr());
    }
    return rehearsal;
  }
}
