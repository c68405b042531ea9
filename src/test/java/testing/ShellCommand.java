package testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the machine that has run.
 *
 * @param exitCode its exit code
 * @param stdout its standard output
 * @param stderr its standard error
 */
public record ShellCommand(int exitCode, String stdout, String stderr) {

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Runs it with additional environment variables, for a minute at most. */
  public static ShellCommand run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return run(environment, command, A_MINUTE);
  }

  /** Runs it with additional environment variables, and for this long at most. */
  public static ShellCommand run(
      Map<String, String> environment, List<String> command, Duration most)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("command", ".out");
    Path err = Files.createTempFile("command", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running: " + command + "; so far: " + text(out) + text(err));
      }
      return new ShellCommand(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
  }
}
