package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFiguresTest {
  @Test
  void allFiguresAreAvailableFromTheStart(@TempDir Path folder) {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    try {
      SystemFigures.Figures figures =
          new SystemFigures(folder, executor, Duration.ofMinutes(1)).figures();
      assertThat(figures.cpuPercent()).isBetween(0.0, 100.0);
      assertThat(figures.memoryPercent()).isBetween(0.0, 100.0);
      assertThat(figures.diskFreeBytes()).isPositive();
      assertThat(figures.networkBytesIn()).isNotNull();
      assertThat(figures.networkBytesOut()).isNotNull();
    } finally {
      executor.shutdownNow();
    }
  }
}
