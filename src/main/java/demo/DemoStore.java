package demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * An S3 store on the file system: S3Proxy within this process, on the loopback alone. An object
 * lies at {@code folder/bucket/key}.
 */
public final class DemoStore implements AutoCloseable {
  private final String accessKey;
  private final String secretKey;
  private final S3Proxy server;

  /** Starts a store on a free port, with credentials made for it. */
  public DemoStore(Path folder) throws IOException {
    this(folder, 0, "demo", HexFormat.of().formatHex(new SecureRandom().generateSeed(16)));
  }

  /**
   * Starts a store.
   *
   * @param folder made when it is missing
   * @param port 0 for a free one
   */
  public DemoStore(Path folder, int port, String accessKey, String secretKey) throws IOException {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    Files.createDirectories(folder);
    Properties fileSystem = new Properties();
    fileSystem.setProperty("jclouds.filesystem.basedir", folder.toAbsolutePath().toString());
    this.server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("filesystem-nio2", fileSystem))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
            .build();
    start();
  }

  private void start() throws IOException {
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the demo store could not be started", e);
    }
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  public String accessKey() {
    return accessKey;
  }

  public String secretKey() {
    return secretKey;
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the demo store could not be stopped", e);
    }
  }
}
