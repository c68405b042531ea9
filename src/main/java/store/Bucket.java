package store;

import config.StoreSettings;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;
import store.StoreException.Kind;

/** The bucket, and the documents in it. */
public final class Bucket {
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final StoreSettings settings;

  Bucket(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
  }

  /**
   * Checks that the bucket exists, creating it if that is allowed.
   *
   * @throws StoreException with a message for the user if it does not
   */
  public void ensure() {
    if (!settings.createBucket()) {
      require();
    } else if (!exists()) {
      create();
    }
  }

  /**
   * Checks that the bucket exists.
   *
   * @throws StoreException with a message for the user if it does not
   */
  public void require() {
    if (!exists()) {
      throw new StoreException(
          Kind.REFUSED,
          "s3.bucket: \"%s\" does not exist; expected an existing bucket, or s3.create-bucket=true for run"
              .formatted(settings.bucket()));
    }
  }

  private boolean exists() {
    try {
      s3.headBucket(head -> head.bucket(settings.bucket()));
      return true;
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return false;
      }
      throw inWords(e);
    }
  }

  private void create() {
    try {
      s3.createBucket(create -> create.bucket(settings.bucket()));
    } catch (StoreException e) {
      if (!e.code().equals("BucketAlreadyOwnedByYou")) { // another instance was faster
        throw inWords(e);
      }
    }
  }

  private StoreException inWords(StoreException e) {
    if (e.kind() == Kind.ABORTED) {
      return e;
    }
    return e.status() == 0 ? unreached(e) : refused(e);
  }

  private StoreException refused(StoreException e) {
    int status = e.status();
    boolean away = status >= 500 || status == 429;
    String expected =
        status == 301 || status == 400
            ? "; expected s3.region to be the bucket's region"
            : "; expected credentials that are allowed to list, read and write it";
    return e.inWords(
        away ? Kind.AWAY : Kind.REFUSED,
        "s3.bucket: \"%s\" answered %d%s"
            .formatted(settings.bucket(), status, away ? "" : expected));
  }

  private StoreException unreached(StoreException e) {
    boolean noCredentials = String.valueOf(e.getMessage()).contains("credentials");
    return noCredentials
        ? e.inWords(
            Kind.REFUSED,
            "no AWS credentials were found; expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                + " another source of the AWS default chain")
        : e.inWords(
            Kind.AWAY,
            "s3.bucket: \"%s\" does not answer (%s)".formatted(settings.bucket(), e.getMessage()));
  }

  /** All documents, listed page by page during the iteration. */
  public Iterable<StoredObject> documents() {
    return StoredObject.list(s3, settings.bucket(), settings.prefix());
  }

  /** The size of the object with this key; empty if it does not exist. */
  public OptionalLong size(String key) {
    try {
      return OptionalLong.of(
          s3.headObject(head -> head.bucket(settings.bucket()).key(key)).contentLength());
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }
}
