package store;

import config.StoreSettings;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** The connection to the store that holds the bucket. Its calls throw {@link StoreException}. */
public final class Store implements AutoCloseable {
  private final S3Client s3;
  private final StoreSettings settings;

  Store(S3Client s3, StoreSettings settings) {
    this.s3 = new StoreClient(s3, BucketRole.TARGET, InstantSource.system());
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

  /** A connection whose calls end when their script stops. */
  public static Store open(StoreSettings settings, int connections, StoreCalls calls) {
    return new Store(S3Clients.create(settings, connections, calls), settings);
  }

  /** The bucket and the documents in it. */
  public Bucket bucket() {
    return new Bucket(s3, settings);
  }

  /** The manifests in the bucket. */
  public Manifests manifests() {
    return new Manifests(s3, settings);
  }

  /** What the bucket says of the harvest that fills it. */
  public HarvestFile harvestFile() {
    return new HarvestFile(s3, settings);
  }

  /** Which pages the harvest has, where its source says so. */
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
