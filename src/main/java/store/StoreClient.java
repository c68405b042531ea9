package store;

import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;
import store.StoreException.Kind;

/** The SDK's client, with all failures translated to {@link StoreException}, also inside Camel. */
final class StoreClient extends DelegatingS3Client {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  StoreClient(S3Client client) {
    super(client);
  }

  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    try {
      return operation.apply(request);
    } catch (SdkException e) {
      throw translate(e);
    }
  }

  private static StoreException translate(SdkException e) {
    if (e instanceof SdkServiceException answer) {
      int status = answer.statusCode();
      return new StoreException(kind(status), status, code(answer), e.getMessage(), e);
    }
    Kind kind = e instanceof AbortedException ? Kind.ABORTED : Kind.AWAY;
    return new StoreException(kind, 0, "", e.getMessage(), e);
  }

  /** An answer of 200 that is no acknowledgement is a refusal as well. */
  private static Kind kind(int status) {
    boolean refusal = status < 500 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
    return refusal ? Kind.REFUSED : Kind.AWAY;
  }

  private static String code(SdkServiceException answer) {
    return answer instanceof AwsServiceException aws
            && aws.awsErrorDetails() != null
            && aws.awsErrorDetails().errorCode() != null
        ? aws.awsErrorDetails().errorCode()
        : "";
  }
}
