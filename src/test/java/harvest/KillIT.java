package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;

/** The process is killed again and again. */
class KillIT {
  private static final int KILLS = 10;
  private static final int DOCUMENTS = 600;

  @TempDir Path folder;

  @Test
  void killedAtRandomMomentsTheHarvestContinuesAndEndsWithEveryDocumentOnceAndIntact()
      throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 20)) {
      harvest.set("PORTAL_RATE", "60").set("HARVEST_SCRIPTS", "5");
      harvest.portal.faults(path -> fault(path, random.nextInt(12)));
      int kills = 0;
      while (kills < KILLS && harvest.store.count("manifests") < 30) {
        try (Launcher run = harvest.process().awaitLine("dashboard")) {
          int before = harvest.portal.requests().size();
          int more = 1 + random.nextInt(40);
          while (harvest.portal.requests().size() < before + more
              && harvest.store.count("manifests") < 30) {
            LockSupport.parkNanos(1_000_000L * random.nextInt(1, 20));
          }
          run.kill();
          kills++;
        }
      }
      harvest.portal.heal();
      harvest.set("PORTAL_RATE", "0").runToTheEnd();

      Map<String, byte[]> stored = harvest.store.objects("judgments");
      assertThat(stored).as("seed " + seed).hasSize(DOCUMENTS);
      stored.forEach(
          (key, bytes) -> assertThat(bytes).isEqualTo(harvest.portal.bytesOf("/" + key)));
      assertThat(harvest.spool()).isEmptyDirectory();
      assertThat(kills).isGreaterThanOrEqualTo(KILLS);
      // fetched again at most: what was in transit (16 workers), and what a fault had broken
      int most = DOCUMENTS + KILLS * 16 + faulty();
      assertThat(
              harvest.portal.requests().stream()
                  .filter(request -> request.path().startsWith("/doc/"))
                  .count())
          .isLessThanOrEqualTo(most);
      assertThat(harvest.audit().path("exit").asInt()).as("seed " + seed).isZero();
    }
  }

  private int faults;

  private synchronized int faulty() {
    return faults;
  }

  private synchronized Fault fault(String path, int dice) {
    Fault fault =
        switch (dice) {
          case 0 -> Fault.status(503);
          case 1 -> Fault.reset();
          case 2 -> path.startsWith("/doc/") ? Fault.cutOff() : null;
          default -> null;
        };
    faults += fault == null ? 0 : 1;
    return fault;
  }

  @Test
  void aSignalEndsTheStartWithExit0AndTheNextOneContinues() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      for (String loaded : List.of("picocli.CommandLine ", "app.Serving ", "org.sqlite.JDBC ")) {
        try (Launcher run = harvest.process(List.of(), List.of("-Xlog:class+load"))) {
          run.awaitLine(loaded).terminate();
          assertThat(run.exitCode()).as(loaded).isZero();
        }
      }
      harvest.runToTheEnd();
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aRunLeavesNoFileInTheTemporaryFolderHoweverItEnds() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      for (boolean isKilled : new boolean[] {true, false}) {
        try (Launcher run = harvest.process(List.of(), List.of("-Djava.io.tmpdir=" + temporary))) {
          run.awaitLine("dashboard");
          if (isKilled) {
            run.kill();
          } else {
            run.terminate();
          }
          run.exitCode();
        }
        try (Stream<Path> left = Files.walk(temporary)) {
          assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
      }
    }
  }

  @Test
  void aSignalEndsARunWithExit0AndTheNextOneContinuesWhereItWas() throws Exception {
    try (Harvest harvest = new Harvest(folder, 100, 10)) {
      harvest.set("PORTAL_RATE", "20").set("HARVEST_SCRIPTS", "3");
      try (Launcher run = harvest.process()) {
        harvest.awaitManifests(1);
        run.terminate();
        assertThat(run.exitCode()).isZero();
        assertThat(run.stderr()).isEmpty();
      }
      assertThat(harvest.spool()).isEmptyDirectory();
      int asked = harvest.portal.requests().size();
      // running scripts continue by themselves
      harvest.set("HARVEST_AUTOSTART", "0").set("PORTAL_RATE", "0").runToTheEnd();

      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.portal.requests().size()).isLessThanOrEqualTo(asked + 110);
      for (int i = 1; i <= 100; i++) {
        assertThat(harvest.portal.requestsTo("/doc/" + i + ".pdf")).isLessThanOrEqualTo(2);
      }
    }
  }
}
