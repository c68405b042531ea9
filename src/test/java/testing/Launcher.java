package testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program as a child process: the built jar when there is one, else the compiled classes. */
public final class Launcher implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private Launcher(Process process) {
    this.process = process;
    readers.add(read(process.getInputStream(), out));
    readers.add(read(process.getErrorStream(), err));
  }

  /**
   * Starts the program.
   *
   * @param folder its working folder
   * @param environment what its environment holds beside the ordinary things
   */
  public static Launcher start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    return start(FLAGS, folder, environment, args);
  }

  /**
   * Starts the program with flags for its virtual machine, in place of the usual ones.
   *
   * @param flags as {@code -Xmx64m}
   */
  public static Launcher start(
      List<String> flags, Path folder, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    String jar = System.getProperty("harvester.jar", "");
    if (!jar.isEmpty() && Files.exists(Path.of(jar))) {
      command.addAll(List.of("-jar", jar));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), "app.Main"));
    }
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(HARVEST|PORTAL|S3|API|AWS|MANAGEMENT|FLEET|CAMEL)_.*"));
    builder.environment().putAll(environment);
    return new Launcher(builder.start());
  }

  private static Thread read(InputStream in, List<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
              } catch (IOException e) {
                lines.add("reading stopped: " + e);
              }
            },
            "launcher");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits up to a minute until the program has said this on its standard output. */
  public Launcher awaitLine(String part) throws InterruptedException {
    return awaitLine(part, Duration.ofSeconds(60));
  }

  /** Waits until the program has said this on its standard output; an error if it ends before. */
  public Launcher awaitLine(String part, Duration patience) throws InterruptedException {
    Awaitility.await()
        .alias("\"" + part + "\" on stdout; stderr: " + err)
        .atMost(patience)
        .until(() -> said(part) || !process.isAlive());
    if (!process.isAlive()) {
      readToTheEnd(); // its last words may still be on the way
    }
    if (!said(part)) {
      throw new AssertionError("ended without \"" + part + "\", stdout: " + out + " " + err);
    }
    return this;
  }

  private boolean said(String part) {
    return out.stream().anyMatch(line -> line.contains(part));
  }

  /** Waits up to two minutes for its end, and gives its exit code. */
  public int exitCode() throws InterruptedException {
    return exitCode(Duration.ofSeconds(120));
  }

  /** Waits for its end, and gives its exit code: 128 and the signal when one ended it. */
  public int exitCode(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running; stdout: " + out + " stderr: " + err);
    }
    readToTheEnd();
    return process.exitValue();
  }

  private void readToTheEnd() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL: nothing in it gets a chance; returns when it is dead. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** What it has said on its standard output so far. */
  public String stdout() {
    return String.join("\n", out);
  }

  /** What it has said on its standard error so far. */
  public String stderr() {
    return String.join("\n", err);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
