package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ShellCommand;

/** {@code ./harvester release} in a repository of its own, with a fast fake Maven. */
class ReleaseIT {
  /** Creates what the real one would, in the same place. */
  private static final String MAVEN =
      """
      #!/bin/sh
      while [ "$1" != -f ]; do shift; done
      target=$(dirname "$2")/target
      mkdir -p $target/classes/META-INF/sbom
      echo 1.2.3 >$target/classes/version.txt
      echo '{}' >$target/classes/META-INF/sbom/application.cdx.json
      cat "$2" >$target/judgment-harvester.jar
      """;

  private static final String CHANGES =
      """
      # Changelog

      ## [Unreleased]

      ### Added
      - A bell.

      ## [1.2.2]
      - A whistle.
      """;

  @TempDir private Path folder;

  private Path clone;
  private Path release;
  private Map<String, String> environment;

  @BeforeEach
  void prepare() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.writeString(bin.resolve("mvn"), MAVEN).toFile().setExecutable(true);
    environment = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    clone = Files.createDirectories(folder.resolve("clone"));
    release = clone.resolve("target/release");
    run("cp", "-r", "--parents", "deploy", "jvm.options", "harvester", clone.toString());
    Files.writeString(clone.resolve("pom.xml"), "the sources");
    Files.writeString(clone.resolve("CHANGELOG.md"), CHANGES);
    Files.writeString(clone.resolve(".gitignore"), "/target/\n");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-q", "-m", "all");
  }

  private ShellCommand run(String... command) throws Exception {
    return ShellCommand.run(environment, List.of(command));
  }

  private void git(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", clone.toString()));
    command.addAll(List.of(args));
    assertThat(ShellCommand.run(environment, command).stderr()).isEmpty();
  }

  private ShellCommand release() throws Exception {
    return run(clone.resolve("harvester").toString(), "release");
  }

  private String file(String name) throws IOException {
    return Files.readString(release.resolve(name));
  }

  @Test
  void aReleaseHasJarSbomInstallerNotesAndTheChecksumsOfAll() throws Exception {
    ShellCommand made = release();

    assertThat(made.exitCode()).as(made.stderr()).isZero();
    assertThat(file("judgment-harvester-1.2.3.jar")).isEqualTo("the sources");
    assertThat(file("judgment-harvester-1.2.3.cdx.json")).isEqualTo("{}\n");
    assertThat(file("RELEASE-NOTES.md"))
        .isEqualTo("# judgment-harvester 1.2.3\n\n### Added\n- A bell.\n");
    String archive = release.resolve("judgment-harvester-1.2.3-deploy.tar.gz").toString();
    assertThat(run("tar", "-tzf", archive).stdout().lines())
        .contains("deploy/install.sh", "deploy/judgment-harvester.service", "jvm.options");
    assertThat(file("SHA256SUMS").lines()).hasSize(4);
    assertThat(run("sh", "-c", "cd " + release + " && sha256sum -c SHA256SUMS").exitCode())
        .isZero();
  }

  @Test
  void theSameCommitGivesTheSameBytesWhateverTheTimesAndTheRightsOfItsFiles() throws Exception {
    release();
    String sums = file("SHA256SUMS");
    run("sh", "-c", "find " + clone + "/deploy | xargs touch -d 2001-01-01");
    run("sh", "-c", "umask 077; " + clone + "/harvester release");

    assertThat(file("SHA256SUMS")).isEqualTo(sums);
  }

  @Test
  void whatIsNotCommittedIsNotReleased() throws Exception {
    Files.writeString(clone.resolve("pom.xml"), "something else");

    ShellCommand refused = release();

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.stderr().lines())
        .containsExactly("release: git status names changes; expected all to be committed");
    assertThat(release).doesNotExist();
  }
}
