package store;

import java.time.InstantSource;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** The SDK's client, with all failures translated to {@link StoreException}, also inside Camel. */
final class StoreClient extends DelegatingS3Client {
  private final StoreFailures failures;
  private final InstantSource clock;

  StoreClient(S3Client client, BucketRole role, InstantSource clock) {
    super(client);
    this.failures = new StoreFailures(role);
    this.clock = clock;
  }

  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    try {
      return operation.apply(request);
    } catch (SdkException e) {
      throw failures.of(e, clock.instant());
    }
  }
}
