package testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** An S3 implementation other than S3Proxy, as a process of its own on a free port. */
public final class OtherStore implements AutoCloseable {
  /** A key that {@link #s3Mock} takes for one of a KMS. */
  public static final String KMS_KEY = "valid-test-key-id";

  private final Process process;
  private final int port;

  private OtherStore(Path folder, int port, List<String> command) throws IOException {
    this.port = port;
    Path log = folder.resolve("out.log");
    this.process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(120))
          .failFast("it has ended, see " + log, () -> !process.isAlive())
          .until(this::listens);
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw new AssertionError(Files.readString(log), e);
    }
  }

  /** Adobe S3Mock. It accepts any credentials. */
  public static OtherStore s3Mock(Path folder) throws IOException {
    Path jars = Path.of(System.getProperty("s3mock", "target/s3mock"));
    if (!Files.isDirectory(jars)) {
      throw new AssertionError(jars + " is missing; ./harvester test fetches it");
    }
    int port = Ports.free();
    Files.createDirectories(folder);
    return new OtherStore(
        folder,
        port,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            jars.resolve("*").toString(),
            "com.adobe.testing.s3mock.S3MockApplication",
            "--http.port=" + port,
            "--server.port=0",
            "--com.adobe.testing.s3mock.store.validKmsKeys=arn:aws:kms:us-east-1:1234567890:key/"
                + KMS_KEY));
  }

  /** OpenStack Swift with its S3 API, which checks signatures. */
  public static OtherStore swift(Path folder) throws IOException {
    int port = Ports.free();
    Files.createDirectories(folder);
    return new OtherStore(
        folder,
        port,
        List.of(
            "/usr/bin/python3", // Debian's own, which has Debian's Swift
            Path.of("src/test/resources/s3_on_swift.py").toString(),
            folder.toString(),
            String.valueOf(port),
            FaultyStore.ACCESS_KEY,
            FaultyStore.SECRET_KEY));
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
