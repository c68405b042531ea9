package monitor;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.NetworkIF;

/**
 * CPU, memory, disk and network of the whole machine, by OSHI. Measured every few seconds in the
 * background, so that queries are fast once there is a first measurement.
 */
public final class SystemFigures {
  private static final Logger LOG = LoggerFactory.getLogger(SystemFigures.class);
  private static final int EVERY_SECONDS = 5;

  /** How long the processors are observed for the first figure. */
  private static final long FIRST_LOOK_MILLIS = 200;

  /** How long the first caller waits for the first measurement. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(3);

  /**
   * The machine at one moment; null where nothing was measured yet.
   *
   * @param cpuPercent load of all processors since the previous measurement
   * @param networkBytesIn since the machine came up, as {@code networkBytesOut}
   */
  public record Figures(
      @Nullable Double cpuPercent,
      @Nullable Double memoryPercent,
      Long diskFreeBytes,
      @Nullable Long networkBytesIn,
      @Nullable Long networkBytesOut) {}

  private final File disk;
  private final Duration firstWait;
  private final CountDownLatch measured = new CountDownLatch(1);
  private @Nullable SystemInfo system;
  private long @Nullable [] ticks;
  private volatile Figures figures;

  /**
   * @param disk a folder on the disk to measure
   */
  public SystemFigures(Path disk, ScheduledExecutorService executor) {
    this(disk, executor, FIRST_WAIT);
  }

  SystemFigures(Path disk, ScheduledExecutorService executor, Duration firstWait) {
    this.disk = disk.toFile();
    this.firstWait = firstWait;
    this.figures = figures(null, null, null, null);
    executor.scheduleWithFixedDelay(this::measure, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void measure() {
    try {
      look();
    } catch (RuntimeException | LinkageError e) { // OSHI calls native code
      LOG.warn("the machine's figures could not be read", e);
    } finally {
      measured.countDown();
    }
  }

  private void look() {
    system = system == null ? new SystemInfo() : system;
    CentralProcessor processor = system.getHardware().getProcessor();
    long[] now = processor.getSystemCpuLoadTicks();
    Double cpu =
        percent(
            ticks == null
                ? processor.getSystemCpuLoad(FIRST_LOOK_MILLIS)
                : processor.getSystemCpuLoadBetweenTicks(ticks));
    ticks = now;
    GlobalMemory memory = system.getHardware().getMemory();
    double used = 1 - (double) memory.getAvailable() / memory.getTotal();
    long in = 0;
    long out = 0;
    for (NetworkIF network : system.getHardware().getNetworkIFs(true)) {
      in += network.getBytesRecv();
      out += network.getBytesSent();
    }
    figures = figures(cpu, percent(used), in, out);
  }

  private Figures figures(
      @Nullable Double cpu, @Nullable Double memory, @Nullable Long in, @Nullable Long out) {
    return new Figures(cpu, memory, disk.getUsableSpace(), in, out);
  }

  private static double percent(double share) {
    return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10.0;
  }

  /** Size of the disk. */
  public long diskBytes() {
    return disk.getTotalSpace();
  }

  /** As they were measured last. */
  public Figures figures() {
    try {
      measured.await(firstWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return figures;
  }
}
