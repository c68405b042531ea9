package testing;

import app.Main;
import cli.Pause;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A command that has run inside the tests' JVM.
 *
 * @param exitCode the exit code of the process, had it been one
 * @param stdout its standard output
 * @param stderr its standard error
 */
public record LocalCommand(int exitCode, String stdout, String stderr) {

  /**
   * Runs it.
   *
   * @param folder its working folder
   * @param environment additional environment variables
   * @param args the command and its options
   */
  public static LocalCommand run(Path folder, Map<String, String> environment, String... args) {
    FaultyStore.feedCredentialsChain();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            args,
            InputStream.nullInputStream(),
            stream(out),
            stream(err),
            folder,
            environment,
            Pause.SLEEP);
    return new LocalCommand(exitCode, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
