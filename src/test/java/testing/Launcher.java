package testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The program as a child process: the built jar if there is one, otherwise the compiled classes.
 */
public final class Launcher implements AutoCloseable {
  private static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "@" + Path.of("jvm.options").toAbsolutePath(),
          "-XX:TieredStopAtLevel=1", // a test ends before the second compiler has paid off
          "-Xlog:cds*=off");

  private static boolean isMaking; // guarded by the class

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
   * @param environment additional environment variables
   */
  public static Launcher start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    return start(List.of(), List.of(), folder, environment, args);
  }

  /**
   * Starts the program in another way.
   *
   * @param starter a command that runs the command appended to it
   * @param jvm further options of the JVM
   */
  public static Launcher start(
      List<String> starter,
      List<String> jvm,
      Path folder,
      Map<String, String> environment,
      String... args)
      throws IOException {
    List<String> command = new ArrayList<>(starter);
    command.addAll(JVM);
    command.addAll(jvm);
    String jar = System.getProperty("harvester.jar", "");
    if (!jar.isEmpty() && Files.exists(Path.of(jar))) {
      command.addAll(classes(Path.of(jar)));
      command.addAll(List.of("-jar", jar));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), "app.Main"));
    }
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.matches(
                    "(HARVEST|PORTAL|SOURCE|S3|API|AWS|MANAGEMENT|HAWTIO|OTEL|FLEET|ALERT|CAMEL)_.*|(?i)https?_proxy"));
    builder.environment().putAll(environment);
    return new Launcher(builder.start());
  }

  /**
   * A class data archive, with which the program starts in half the time. Made from a first run of
   * each jar, by one of the tests' JVMs and beside its tests, because it takes long on a busy
   * machine; until it is there, and where it cannot be used, the program starts without.
   */
  private static synchronized List<String> classes(Path jar) throws IOException {
    Path archive = jar.resolveSibling("test-classes.jsa");
    if (!isMaking
        && (!Files.exists(archive)
            || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0)) {
      isMaking = true;
      Thread maker = new Thread(() -> make(archive, jar), "class data archive");
      maker.setDaemon(true);
      maker.start();
    }
    return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  private static void make(Path archive, Path jar) {
    try (FileChannel file =
            FileChannel.open(
                archive.resolveSibling("test-classes.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      if (lock == null) {
        return; // another JVM makes it
      }
      Path folder = Files.createTempDirectory(jar.getParent(), "first-run");
      Path made = folder.resolve("made.jsa");
      List<String> command = new ArrayList<>(JVM);
      command.addAll(List.of("-XX:ArchiveClassesAtExit=" + made, "-jar", jar.toString()));
      command.addAll(List.of("demo", "--pages", "1", "--exit-when-done"));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(Map.of("API_PORT", "0", "MANAGEMENT_PORT", "0"));
      builder.start().waitFor();
      if (Files.exists(made)) {
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
      }
      delete(folder);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
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

  /** Waits until the program has printed this on its standard output. */
  public Launcher awaitLine(String part) throws InterruptedException {
    Awaitility.await()
        .alias("\"" + part + "\" on stdout; stderr: " + err)
        .atMost(Duration.ofSeconds(60))
        .until(() -> out.stream().anyMatch(line -> line.contains(part)) || !process.isAlive());
    if (!process.isAlive()) {
      awaitReaders(); // its last words may still be on the way
    }
    if (out.stream().noneMatch(line -> line.contains(part))) {
      throw new AssertionError("ended with " + out + err);
    }
    return this;
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; stdout: " + out + " stderr: " + err);
    }
    awaitReaders();
    return process.exitValue();
  }

  private void awaitReaders() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  public String stdout() {
    return String.join("\n", out);
  }

  public String stderr() {
    return String.join("\n", err);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
