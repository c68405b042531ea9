package cli;

import app.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A run of the command line on its own thread, which can be interrupted like with Ctrl-C. */
final class CommandRun implements AutoCloseable {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Semaphore looks = new Semaphore(0);
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean isLeft;

  private CommandRun(InputStream in, Path folder, Map<String, String> environment, String... args) {
    thread =
        new Thread(
            () ->
                exit.complete(
                    Main.run(
                        args,
                        in,
                        stream(new Pipe()),
                        stream(err),
                        folder,
                        environment,
                        pause -> looks.acquire())));
    thread.start();
  }

  static CommandRun start(Path folder, Map<String, String> environment, String... args) {
    return start(InputStream.nullInputStream(), folder, environment, args);
  }

  /**
   * @param in the input typed
   */
  static CommandRun start(
      InputStream in, Path folder, Map<String, String> environment, String... args) {
    return new CommandRun(in, folder, environment, args);
  }

  private static PrintStream stream(OutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Reads no more of the output, as {@code head} does. */
  void leave() {
    isLeft = true;
  }

  /** Ends a pause, so that the command polls once more. */
  void look() {
    looks.release();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for the end of the run, and returns the exit code. */
  int exit() throws Exception {
    return exit.get(30, TimeUnit.SECONDS);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Override
  public void close() {
    interrupt();
  }

  private final class Pipe extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      if (isLeft) {
        throw new IOException("Broken pipe");
      }
      out.write(b);
    }
  }
}
