package monitor;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.NetworkIF;

/**
 * CPU, memory, disk and network of the whole machine, by OSHI. Measured every few seconds in the
 * background, so that queries are fast.
 */
public final class SystemFigures {
  private static final Logger LOG = LoggerFactory.getLogger(SystemFigures.class);
  private static final int EVERY_SECONDS = 5;

  private final File disk;
  private SystemInfo system;
  private long[] ticks;
  private volatile Map<String, Object> figures;

  /**
   * @param disk a folder on the disk to measure
   */
  public SystemFigures(Path disk, ScheduledExecutorService executor) {
    this.disk = disk.toFile();
    this.figures = figures(null, null, null, null);
    executor.scheduleWithFixedDelay(this::measure, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void measure() {
    try {
      look();
    } catch (RuntimeException | LinkageError e) { // OSHI calls native code
      LOG.warn("the machine's figures could not be read", e);
    }
  }

  private void look() {
    system = system == null ? new SystemInfo() : system;
    CentralProcessor processor = system.getHardware().getProcessor();
    long[] now = processor.getSystemCpuLoadTicks();
    Double cpu = ticks == null ? null : percent(processor.getSystemCpuLoadBetweenTicks(ticks));
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

  private Map<String, Object> figures(Double cpu, Double memory, Long in, Long out) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("cpu_percent", cpu);
    all.put("memory_percent", memory);
    all.put("disk_free_bytes", disk.getUsableSpace());
    all.put("network_bytes_in", in);
    all.put("network_bytes_out", out);
    return all;
  }

  private static double percent(double share) {
    return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10.0;
  }

  /** The format of {@code GET /api/status}; null where nothing was measured yet. */
  public Map<String, Object> figures() {
    return figures;
  }
}
