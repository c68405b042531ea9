package testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A server of this machine as a child process, on a port of its own. */
public final class RealServer implements AutoCloseable {
  private final Process process;
  private final int port;

  /**
   * Starts it and waits until it listens.
   *
   * @param folder its working folder; its output goes to a file there
   * @param port that it will listen on, on loopback
   */
  public RealServer(Path folder, int port, List<String> command) throws IOException {
    this.port = port;
    Path output = folder.resolve(Path.of(command.get(0)).getFileName() + ".log");
    this.process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> listens() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError(command + " ended: " + Files.readString(output));
    }
  }

  /** The path of a program that may not be on the user's {@code PATH}. */
  public static String program(String name) {
    Path system = Path.of("/usr/sbin", name);
    return Files.exists(system) ? system.toString() : name;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Its children end with it. */
  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
