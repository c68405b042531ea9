package store;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Responses with a success status that do not come from a store. */
final class NoAnswer {
  private static final Pattern CODE = Pattern.compile("<Code>\\s*([^<]{1,100}?)\\s*</Code>");
  private static final Pattern MESSAGE =
      Pattern.compile("<Message>\\s*([^<]{1,500}?)\\s*</Message>");

  private NoAnswer() {}

  static S3Exception page(SdkHttpResponse answer) {
    return of(answer, "a web page, so this was not the store but something before it");
  }

  /** The store's error, in its own words if it has any. */
  static S3Exception error(SdkHttpResponse answer, String body) {
    String message = found(MESSAGE, body);
    return of(
        answer,
        found(CODE, body),
        message.isEmpty() ? "an error under the status of success" : message);
  }

  static S3Exception of(SdkHttpResponse answer, String words) {
    return of(answer, "", words);
  }

  private static S3Exception of(SdkHttpResponse answer, String code, String words) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(answer.statusCode())
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code)
                    .errorMessage(words)
                    .sdkHttpResponse(answer)
                    .build())
            .build();
  }

  /** The body ended before its declared length; the call may be repeated. */
  static RetryableException brokenOff(IOException e) {
    return RetryableException.create("the answer breaks off: " + e.getMessage(), e);
  }

  private static String found(Pattern pattern, String body) {
    Matcher found = pattern.matcher(body);
    return found.find() ? found.group(1) : "";
  }

  /** Without this, the pool of connections would wait for the rest of the body. */
  static void abandon(InputStream body) {
    if (body instanceof Abortable call) {
      call.abort();
    }
  }
}
