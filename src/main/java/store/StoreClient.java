package store;

import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** The SDK's client, with all failures translated to {@link StoreException}, also inside Camel. */
final class StoreClient extends DelegatingS3Client {
  /** The names of the operations by the classes of their requests, made once each. */
  private static final ClassValue<String> OPERATIONS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> request) {
          return request
              .getSimpleName()
              .replaceFirst("Request$", "")
              .replaceAll("([a-z])([A-Z])", "$1_$2")
              .toLowerCase(Locale.ROOT);
        }
      };

  private final StoreFailures failures;
  private final InstantSource clock;
  private final CallTimer timer;

  StoreClient(S3Client client, BucketRole role, InstantSource clock, CallTimer timer) {
    super(client);
    this.failures = new StoreFailures(role);
    this.clock = clock;
    this.timer = timer;
  }

  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    try {
      return timer.time(OPERATIONS.get(request.getClass()), () -> operation.apply(request));
    } catch (SdkException e) {
      throw failures.of(e, clock.instant());
    }
  }
}
