package store;

import config.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import platform.OwnerOnly;
import software.amazon.awssdk.services.s3.S3Client;
import store.StoreException.Kind;

/** The connection to the store that holds the bucket. Its calls throw {@link StoreException}. */
public final class Store implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final StoreSettings settings;

  Store(S3Client s3, StoreSettings settings) {
    this(s3, settings, CallTimer.NONE);
  }

  private Store(S3Client s3, StoreSettings settings, CallTimer timer) {
    this.s3 = new StoreClient(s3, BucketRole.TARGET, InstantSource.system(), timer);
    this.settings = settings;
  }

  /**
   * Opens a connection. Nothing is sent yet.
   *
   * @param connections maximum number of concurrent requests
   */
  public static Store open(StoreSettings settings, int connections) {
    return new Store(S3Clients.create(settings, connections), settings);
  }

  /** A connection whose calls are measured, and end when their script stops. */
  public static Store open(
      StoreSettings settings, int connections, StoreCalls calls, CallTimer timer) {
    return new Store(S3Clients.create(settings, connections, calls), settings, timer);
  }

  /** The bucket and the documents in it. */
  public Bucket bucket() {
    return new Bucket(s3, settings);
  }

  /** The manifests of this harvest. */
  public Manifests manifests() {
    return new Manifests(s3, settings);
  }

  /** The manifests of further harvests into this bucket, which are only read. */
  public List<Manifests> furtherManifests() {
    return settings.furtherManifestPrefixes().stream()
        .map(prefix -> new Manifests(s3, settings.withManifests(prefix)))
        .toList();
  }

  /** The manifests of all harvests into this bucket that are read, this one's first. */
  public List<Manifests> allManifests() {
    return Stream.concat(Stream.of(manifests()), furtherManifests().stream()).toList();
  }

  /**
   * Copies an object of any bucket to a file that does not exist.
   *
   * @return false if there is no such object, or no such bucket
   * @throws StoreException if the store does not answer, or refuses
   * @throws IOException if the file cannot be written
   */
  public boolean copy(String bucket, String key, Path file) throws IOException {
    try (InputStream body = s3.getObject(get -> get.bucket(bucket).key(key));
        OutputStream out = OwnerOnly.create(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
        out.write(buffer, 0, n);
      }
      return true;
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static int read(InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new StoreException(Kind.AWAY, 0, "", "the connection was lost", e);
    }
  }

  /** The description, in the bucket, of the harvest that fills it. */
  public HarvestFile harvestFile() {
    return new HarvestFile(s3, settings);
  }

  /** The plan of the harvest's pages, if its source determines them. */
  public PlanFile planFile() {
    return new PlanFile(s3, settings);
  }

  /** The backups of an instance's ledger; empty if none are kept in the bucket. */
  public Optional<BackupObjects> backups(int instance) {
    return settings
        .backupPrefix()
        .map(
            prefix ->
                new BackupObjects(s3, settings.bucket(), prefix + "instance-" + instance + "/"));
  }

  /** The client for Camel's S3 component. */
  public Object camelClient() {
    return s3;
  }

  @Override
  public void close() {
    s3.close();
  }
}
