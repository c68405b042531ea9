package store;

import config.StoreSettings;
import java.util.Map;
import model.Digests;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import store.StoreException.Kind;

/**
 * Checks that the bucket exists and accepts objects; reports what is wrong to the user, as a {@link
 * StoreException}.
 */
final class BucketAccess {
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;
  private static final long SMALL = 1 << 20;
  private static final int MOST_TRIED = 20;

  private final S3Client s3;
  private final StoreSettings settings;

  BucketAccess(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
  }

  /** Checks that the bucket exists, creating it if that is allowed. */
  void ensure() {
    if (!settings.createBucket()) {
      require();
    } else if (!exists()) {
      create();
    }
  }

  /** Checks that the bucket exists. */
  void require() {
    if (!exists()) {
      throw new StoreException(
          Kind.REFUSED,
          NOT_FOUND,
          "NoSuchBucket",
          "s3.bucket: \"%s\" does not exist; expected an existing bucket, or s3.create-bucket=true for run"
              .formatted(settings.bucket()),
          null);
    }
  }

  /**
   * Puts the first small one of these documents again, as it is.
   *
   * @return false if none can be read
   */
  boolean takesOneOf(Iterable<StoredObject> documents) {
    int tried = 0;
    for (StoredObject object : documents) {
      if (object.size() > 0 && object.size() <= SMALL && putAgain(object)) {
        return true;
      }
      if (++tried == MOST_TRIED) {
        return false;
      }
    }
    return false;
  }

  /** Returns false if it cannot be read, or is not what was stored. */
  private boolean putAgain(StoredObject object) {
    ResponseBytes<GetObjectResponse> read;
    try {
      read = s3.getObjectAsBytes(get -> get.bucket(settings.bucket()).key(object.key()));
    } catch (StoreException e) {
      if (e.kind() == Kind.REFUSED) {
        return false;
      }
      throw e;
    }
    byte[] bytes = read.asByteArrayUnsafe();
    GetObjectResponse known = read.response();
    Map<String, String> metadata = UserMetadata.read(known.metadata());
    if (!Digests.sha256(bytes).equals(metadata.get(StoreHeaders.SHA256))) {
      return false;
    }
    s3.putObject(
        put ->
            put.bucket(settings.bucket())
                .key(object.key())
                .contentType(known.contentType())
                .metadata(metadata),
        RequestBody.fromBytes(bytes));
    return true;
  }

  private boolean exists() {
    try {
      s3.headBucket(head -> head.bucket(settings.bucket()));
      return true;
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND) {
        return false;
      }
      if (e.status() == 0 || !e.code().isEmpty()) {
        throw inWords(e);
      }
      return isListed();
    }
  }

  /** The response to a HEAD has no body, so it does not say why; the response to a list does. */
  private boolean isListed() {
    try {
      s3.listObjectsV2(list -> list.bucket(settings.bucket()).prefix(settings.prefix()).maxKeys(1));
      return true;
    } catch (StoreException e) {
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
    boolean away = e.kind() == Kind.AWAY || e.status() >= SERVER_ERROR;
    return e.inWords(
        away ? Kind.AWAY : Kind.REFUSED,
        "s3.bucket: \"%s\": %s".formatted(settings.bucket(), e.getMessage()));
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
}
