package store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Refuses lists and objects that did not come from the store: the SDK would take a network's login
 * page for the list of an empty bucket.
 */
final class GenuineReads implements ExecutionInterceptor {
  private static final int START = 4 * 1024;

  private static final Pattern LIST =
      Pattern.compile(
          "\\uFEFF?\\s*+(?:<\\?.*?\\?>\\s*+|<!--.*?-->\\s*+)*+<(?:[\\w.-]+:)?ListBucketResult[\\s/>].*",
          Pattern.DOTALL);

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    SdkHttpResponse answer = context.httpResponse();
    Optional<InputStream> body = context.responseBody();
    if (!answer.isSuccessful()) {
      return body;
    }
    if (request instanceof ListObjectsV2Request) {
      byte[] start = body.map(GenuineReads::start).orElseGet(() -> new byte[0]);
      refuse(notAList(answer, new String(start, StandardCharsets.UTF_8)), body);
      return body.map(rest -> new Looked(start, rest));
    }
    if (request instanceof GetObjectRequest || request instanceof HeadObjectRequest) {
      refuse(isPage(answer) ? NoAnswer.page(answer) : null, body);
    }
    if (request instanceof GetObjectRequest
        && answer.firstMatchingHeader("ETag").orElse("").isBlank()) {
      byte[] start = body.map(GenuineReads::start).orElseGet(() -> new byte[0]);
      boolean isMarkup = new String(start, StandardCharsets.UTF_8).stripLeading().startsWith("<");
      refuse(isMarkup ? NoAnswer.page(answer) : null, body);
      return body.map(rest -> new Looked(start, rest));
    }
    return body;
  }

  /**
   * A body whose start has been read. It passes on an abort; otherwise closing it would read the
   * rest.
   */
  private static final class Looked extends SequenceInputStream implements Abortable {
    private final InputStream rest;

    Looked(byte[] start, InputStream rest) {
      super(new ByteArrayInputStream(start), rest);
      this.rest = rest;
    }

    @Override
    public void abort() {
      NoAnswer.abandon(rest);
    }
  }

  private static byte[] start(InputStream body) {
    try {
      return body.readNBytes(START);
    } catch (IOException e) {
      throw NoAnswer.brokenOff(e);
    }
  }

  private static @Nullable S3Exception notAList(SdkHttpResponse answer, String body) {
    if (LIST.matcher(body).matches()) {
      return null;
    }
    return body.contains("<Error>")
        ? NoAnswer.error(answer, body)
        : NoAnswer.of(answer, "no list of objects, so this was perhaps not the store");
  }

  /** This program never stores a web page. */
  private static boolean isPage(SdkHttpResponse answer) {
    return answer
        .firstMatchingHeader("Content-Type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
        .isPresent();
  }

  private static void refuse(@Nullable S3Exception refusal, Optional<InputStream> body) {
    if (refusal != null) {
      body.ifPresent(NoAnswer::abandon);
      throw refusal;
    }
  }
}
