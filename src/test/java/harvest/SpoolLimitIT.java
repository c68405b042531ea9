package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;

/** The store accepts nothing for a long time, while the portal serves at full speed. */
class SpoolLimitIT {
  private static final int DOCUMENT = 1_300;
  private static final int MOST = 4 * DOCUMENT;

  @TempDir Path folder;

  private long spooled(Harvest harvest) {
    long bytes = 0;
    try (Stream<Path> files = Files.list(harvest.spool())) {
      for (Path file : files.toList()) {
        bytes += Files.exists(file) ? Files.size(file) : 0;
      }
      return bytes;
    } catch (IOException e) {
      return 0; // the folder is changing
    }
  }

  @Test
  void theSpoolHoldsNoMoreThanItsLimitAndDownloadsStopInTime() throws Exception {
    try (Harvest harvest = new Harvest(folder, 60, 30)) {
      harvest.set("HARVEST_SPOOL_MAX_BYTES", String.valueOf(MOST));
      harvest.store.hang(request -> request.startsWith("PUT") && request.contains("/doc/"));
      try (LocalInstance run = harvest.run()) {
        Awaitility.await().until(() -> spooled(harvest) > MOST - 2 * DOCUMENT);
        Awaitility.await()
            .during(Duration.ofSeconds(7))
            .atMost(Duration.ofSeconds(60))
            .until(() -> spooled(harvest) <= MOST);
        assertThat(harvest.portal.requests()).hasSizeLessThan(30);
      }
      harvest.store.heal();

      harvest.runUntilComplete();

      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(60);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }
}
