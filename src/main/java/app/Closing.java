package app;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** Closes several resources, each one even if an earlier one fails to close. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** Closes the last thing that a process has open, and returns the exit code of the process. */
  static int exitCode(Closeable last) {
    try {
      last.close();
      return ExitCode.OK;
    } catch (IOException | RuntimeException e) {
      LOG.error("the shutdown failed", e);
      return ExitCode.SOFTWARE; // a supervisor must not take it for an orderly end
    }
  }

  /**
   * @param parts in the order in which they are closed
   * @throws IOException or a {@link RuntimeException}: the first failure, with the others
   *     suppressed
   */
  @SuppressWarnings("try") // the rest exists only to be closed
  static void all(List<Closeable> parts) throws IOException {
    if (!parts.isEmpty()) {
      try (Closeable rest = () -> all(parts.subList(1, parts.size()))) {
        parts.get(0).close();
      }
    }
  }
}
