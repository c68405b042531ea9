package demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * An S3 store on the file system: S3Proxy within this process, on loopback only. An object is the
 * file {@code folder/bucket/key}. So keys must be clean paths: an empty part ({@code a//b}) is
 * refused, and {@code .} and {@code ..} are resolved as in a folder.
 */
public final class DemoStore implements AutoCloseable {
  /** The name S3Proxy gives to an upload of {@code name.pdf} in progress. */
  private static final Pattern UNDER_WAY =
      Pattern.compile(".+\\.\\w+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final String accessKey;
  private final String secretKey;
  private final S3Proxy server;

  /**
   * Starts a store on a free port, with new credentials.
   *
   * @param folder created if missing
   * @throws IOException when the folder or a port cannot be used
   */
  public DemoStore(Path folder) throws IOException {
    this(folder, 0, "demo", newSecret());
  }

  /**
   * Starts a store.
   *
   * @param folder created if missing; no other store may use it, because incomplete uploads of a
   *     killed process are removed
   * @param port 0 for a free one
   * @throws IOException when the folder or the port cannot be used
   */
  public DemoStore(Path folder, int port, String accessKey, String secretKey) throws IOException {
    this(folder, port, AuthenticationType.AWS_V4, accessKey, secretKey);
  }

  private DemoStore(
      Path folder, int port, AuthenticationType who, String accessKey, String secretKey)
      throws IOException {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    Files.createDirectories(folder);
    removeHalfDoneUploads(folder);
    Properties fileSystem = new Properties();
    fileSystem.setProperty("jclouds.filesystem.basedir", folder.toAbsolutePath().toString());
    this.server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("filesystem-nio2", fileSystem))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(who, accessKey, secretKey)
            .build();
    start();
  }

  /**
   * Starts a store on a free port that requires no signature, like a public bucket.
   *
   * @throws IOException when the folder or a port cannot be used
   */
  public static DemoStore openToAll(Path folder) throws IOException {
    return new DemoStore(folder, 0, AuthenticationType.NONE, "", "");
  }

  private static String newSecret() {
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  /** Otherwise S3Proxy would list them as objects forever. */
  private static void removeHalfDoneUploads(Path folder) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> files = Files.walk(folder)) {
      leftovers = files.filter(DemoStore::isHalfDone).toList();
    }
    for (Path leftover : leftovers) {
      Files.delete(leftover);
    }
  }

  private static boolean isHalfDone(Path path) {
    return UNDER_WAY.matcher(path.getFileName().toString()).matches() && Files.isRegularFile(path);
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

  /** Its address; clients must use path-style access. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** The access key that clients must use. */
  public String accessKey() {
    return accessKey;
  }

  /** The secret key that clients must sign with. */
  public String secretKey() {
    return secretKey;
  }

  /** Stops the store. The objects stay in the folder. */
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
