package store;

import config.StoreSettings;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The bucket itself. */
public final class Bucket {
  private final S3Client s3;
  private final StoreSettings settings;

  public Bucket(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
  }

  /**
   * Makes sure that the bucket is there, creating it when that was allowed.
   *
   * @throws BucketException when it is not to be had
   */
  public void ensure() throws BucketException {
    if (!settings.createBucket()) {
      require();
    } else if (!exists()) {
      create();
    }
  }

  /**
   * Makes sure that the bucket is there, and creates none.
   *
   * @throws BucketException when it is not to be had
   */
  public void require() throws BucketException {
    if (!exists()) {
      throw new BucketException(
          "s3.bucket: \"%s\" does not exist; expected an existing bucket, or s3.create-bucket=true for run"
              .formatted(settings.bucket()),
          false,
          null);
    }
  }

  private boolean exists() throws BucketException {
    try {
      s3.headBucket(head -> head.bucket(settings.bucket()));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw refused(e);
    } catch (SdkClientException e) {
      throw unreached(e);
    }
  }

  private void create() throws BucketException {
    try {
      s3.createBucket(create -> create.bucket(settings.bucket()));
    } catch (BucketAlreadyOwnedByYouException e) {
      return; // another instance was faster
    } catch (S3Exception e) {
      throw refused(e);
    } catch (SdkClientException e) {
      throw unreached(e);
    }
  }

  private BucketException refused(S3Exception e) {
    int status = e.statusCode();
    boolean away = status >= 500 || status == 429;
    String expected =
        status == 301 || status == 400
            ? "; expected s3.region to be the bucket's own"
            : "; expected credentials that may list, read and write it";
    return new BucketException(
        "s3.bucket: \"%s\" answered %d%s"
            .formatted(settings.bucket(), status, away ? "" : expected),
        away,
        e);
  }

  private BucketException unreached(SdkException e) {
    boolean noCredentials = String.valueOf(e.getMessage()).contains("credentials");
    return noCredentials
        ? new BucketException(
            "no AWS credentials were found; expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                + " another source of the AWS default chain",
            false,
            e)
        : new BucketException(
            "s3.bucket: \"%s\" does not answer (%s)".formatted(settings.bucket(), e.getMessage()),
            true,
            e);
  }
}
