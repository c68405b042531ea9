package store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Lets an upload count only when the store has acknowledged it: status 200 with an ETag, and with
 * the same checksum if the answer names one. The SDK is content with any status from 200 to 299,
 * which is also what the login page of a network answers.
 */
final class Acknowledgement implements ExecutionInterceptor {
  /** A store answers an upload without a body; only an error or a web page has one. */
  private static final int BODY_READ = 8 * 1024;

  private static final int OK = 200;

  private static final Pattern CODE = Pattern.compile("<Code>\\s*([^<]{1,100}?)\\s*</Code>");
  private static final Pattern MESSAGE =
      Pattern.compile("<Message>\\s*([^<]{1,500}?)\\s*</Message>");

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    if (!(context.request() instanceof PutObjectRequest put)
        || !context.httpResponse().isSuccessful()) {
      return context.responseBody();
    }
    byte[] body = context.responseBody().map(Acknowledgement::read).orElseGet(() -> new byte[0]);
    Optional<S3Exception> refusal = refusal(put, context.httpResponse(), body);
    if (refusal.isPresent()) {
      context.responseBody().ifPresent(Acknowledgement::abandon);
      throw refusal.get();
    }
    return Optional.of(new ByteArrayInputStream(body));
  }

  private static byte[] read(InputStream body) {
    try {
      return body.readNBytes(BODY_READ);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without this, the pool of connections would wait for the rest of the body. */
  private static void abandon(InputStream body) {
    if (body instanceof Abortable call) {
      call.abort();
    }
  }

  private static Optional<S3Exception> refusal(
      PutObjectRequest put, SdkHttpResponse answer, byte[] content) {
    String body = new String(content, StandardCharsets.UTF_8).strip();
    String type = answer.firstMatchingHeader("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String checksum = answer.firstMatchingHeader("x-amz-checksum-sha256").orElse("");
    if (body.contains("<Error>")) {
      return refusal(
          answer, found(CODE, body), found(MESSAGE, body), "an error under the status of success");
    }
    if (type.startsWith("text/html") || body.startsWith("<")) {
      return refusal(answer, "", "", "a web page, so this was not the store but something before");
    }
    if (answer.statusCode() != OK) {
      return refusal(answer, "", "", "no acknowledgement");
    }
    if (answer.firstMatchingHeader("ETag").orElse("").isBlank()) {
      return refusal(answer, "", "", "no ETag, which is no acknowledgement");
    }
    if (!checksum.isEmpty() && !checksum.equals(sent(put))) {
      return refusal(answer, "", "", "another checksum than that of the bytes sent");
    }
    return Optional.empty();
  }

  private static String sent(PutObjectRequest put) {
    String sha256 = put.metadata().get(StoreHeaders.SHA256);
    return sha256 == null ? put.checksumSHA256() : StoreHeaders.base64(sha256);
  }

  private static String found(Pattern pattern, String body) {
    Matcher found = pattern.matcher(body);
    return found.find() ? found.group(1) : "";
  }

  private static Optional<S3Exception> refusal(
      SdkHttpResponse answer, String code, String message, String otherwise) {
    return Optional.of(
        (S3Exception)
            S3Exception.builder()
                .statusCode(answer.statusCode())
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message.isEmpty() ? otherwise : message)
                        .sdkHttpResponse(answer)
                        .build())
                .build());
  }
}
