package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import testing.ShellCommand;

/** The files of {@code deploy/}, as the tools that will read them see them. */
class ServiceIT {
  private static final Path UNIT = Path.of("deploy/judgment-harvester.service");

  private static ShellCommand run(String... command) throws Exception {
    return ShellCommand.run(Map.of(), List.of(command));
  }

  @Test
  void systemdUnderstandsTheUnit() throws Exception {
    ShellCommand verify = run("systemd-analyze", "verify", UNIT.toString());

    assertThat(verify.stderr()).doesNotContain(UNIT.getFileName().toString());
    assertThat(verify.exitCode()).isZero();
  }

  @Test
  void theExposureOfTheServiceIsAtMostTwoOfTen() throws Exception {
    ShellCommand security =
        run("systemd-analyze", "security", "--offline=true", "--threshold=20", UNIT.toString());

    assertThat(security.exitCode()).as(security.stdout()).isZero();
  }

  @Test
  void theServiceRestartsAfterAnythingButAMistakeInTheConfiguration() throws Exception {
    assertThat(Files.readAllLines(UNIT))
        .contains("Restart=on-failure", "RestartPreventExitStatus=2", "StartLimitIntervalSec=0")
        .contains("MemoryMax=75%", "CPUQuota=80%");
  }

  /** In a network of its own, so that this machine keeps its rules. */
  @Test
  void theFirewallLetsInSshAndHttpsAndCanBeLoadedTwice() throws Exception {
    assumeThat(run("unshare", "-rn", "true").exitCode()).as("namespaces").isZero();

    ShellCommand rules =
        run(
            "unshare",
            "-rn",
            "sh",
            "-ec",
            "PATH=$PATH:/usr/sbin; file=deploy/nftables.conf;"
                + " nft -c -f $file; nft -f $file; nft -f $file; nft list ruleset");

    assertThat(rules.stderr()).isEmpty();
    assertThat(rules.stdout()).containsOnlyOnce("policy drop").containsOnlyOnce("tcp dport");
    assertThat(rules.stdout()).contains("tcp dport { 22, 443 } accept");
  }

  @Test
  void shellcheckFindsNothingInTheScripts() throws Exception {
    ShellCommand check =
        run(
            "shellcheck",
            "deploy/install.sh",
            "deploy/harvester",
            "deploy/rehearsal.sh",
            "deploy/rehearsal/hosts.sh",
            "deploy/rehearsal/systemctl",
            "deploy/rehearsal/journalctl",
            "harvester");

    assertThat(check.stdout()).isEmpty();
  }
}
