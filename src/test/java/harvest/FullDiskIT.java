package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Launcher;
import testing.LocalCommand;

/** A disk that is really full: a small separate one, if the user may mount it. */
class FullDiskIT {
  @TempDir Path folder;

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void fill(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[1024]);
      }
    } catch (IOException full) {
      // as it should be
    }
  }

  private static void shorten(Path file, int bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - bytes);
    }
  }

  @Test
  void aDiskThatIsFullAtTheStartIsReportedInOneLineWithExit1() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
        "a disk cannot be mounted: that takes root, in a container with CAP_SYS_ADMIN");
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      harvest.set("HARVEST_DATA_DIR", disk + "/data");
      for (int left : List.of(0, 320 << 10)) { // the latter is too little for the ledger's tables
        fill(disk.resolve("fill"));
        shorten(disk.resolve("fill"), left);
        LocalCommand run = harvest.command("run");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr())
            .isEqualTo(
                "the disk of the data folder \"%s/data\" is full; free some space and start again"
                    .formatted(disk));
      }
      Files.delete(disk.resolve("fill"));
      harvest.runToTheEnd();
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void aFullDiskMakesScriptsWaitAndTheyContinueByThemselvesWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
        "a disk cannot be mounted: that takes root, in a container with CAP_SYS_ADMIN");
    try (Harvest harvest = new Harvest(folder, 60, 10)) {
      harvest.set("HARVEST_DATA_DIR", disk + "/data").set("HARVEST_AUTOSTART", "0");
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        fill(disk.resolve("fill"));
        api.post("/api/scripts/start", "{\"num_scripts\":2,\"delay\":0}");
        api.awaitState(1, "waiting");
        api.awaitState(2, "waiting");
        assertThat(api.script(1).path("waiting_reason").asText()).isEqualTo("disk");
        assertThat(api.script(1).path("last_error").asText()).isNotBlank();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> api.get("/api/health").status() == 503);

        Files.delete(disk.resolve("fill"));
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> api.get("/api/health").status() == 200);
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        assertThat(api.status().path("total_files_downloaded").asInt()).isEqualTo(60);
        assertThat(api.status().path("failed_downloads").asInt()).isZero();
        run.terminate();
        assertThat(run.exitCode()).isZero();
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    } finally {
      run("umount", "-l", disk.toString());
    }
  }
}
