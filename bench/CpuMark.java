import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Says on the way what CPU time the process has used, so that its start can be left out: cpu, documents, seconds,
 * and a clock. */
final class CpuMark {
  private static final int EVERY = 100;

  private CpuMark() {}

  static void of(int documents) {
    if (documents % EVERY == 0) {
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      System.out.printf(
          "cpu %d %.3f %.3f%n", documents, system.getProcessCpuTime() / 1e9, System.nanoTime() / 1e9);
    }
  }
}
