package store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Accepts an upload only when the store has acknowledged it: status 200 with an ETag, and with the
 * same checksum if the answer names one. The SDK accepts any status from 200 to 299, which is also
 * what a network's login page returns.
 */
final class Acknowledgement implements ExecutionInterceptor {
  /** A store answers an upload without a body; only an error or a web page has one. */
  private static final int BODY_READ = 8 * 1024;

  private static final int OK = 200;

  /**
   * The checksums that an answer may name. An ETag does not count: for encrypted objects it is not
   * an MD5, but looks like one.
   */
  private static final Map<String, ChecksumAlgorithm> CHECKSUMS =
      Map.of(
          "x-amz-checksum-sha256", DefaultChecksumAlgorithm.SHA256,
          "x-amz-checksum-sha1", DefaultChecksumAlgorithm.SHA1,
          "x-amz-checksum-crc32", DefaultChecksumAlgorithm.CRC32,
          "x-amz-checksum-crc32c", DefaultChecksumAlgorithm.CRC32C);

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    if (!(context.request() instanceof PutObjectRequest put)
        || !context.httpResponse().isSuccessful()) {
      return context.responseBody();
    }
    byte[] body = context.responseBody().map(Acknowledgement::read).orElseGet(() -> new byte[0]);
    Optional<S3Exception> refusal =
        refusal(context.httpResponse(), body)
            .or(() -> anotherChecksum(put, context.httpResponse(), context.requestBody()));
    if (refusal.isPresent()) {
      context.responseBody().ifPresent(NoAnswer::abandon);
      throw refusal.get();
    }
    return Optional.of(new ByteArrayInputStream(body));
  }

  private static byte[] read(InputStream body) {
    try {
      return body.readNBytes(BODY_READ);
    } catch (IOException e) {
      throw NoAnswer.brokenOff(e);
    }
  }

  private static Optional<S3Exception> refusal(SdkHttpResponse answer, byte[] content) {
    String body = new String(content, StandardCharsets.UTF_8).strip();
    String type = answer.firstMatchingHeader("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (body.contains("<Error>")) {
      return Optional.of(NoAnswer.error(answer, body));
    }
    if (body.startsWith("<") || type.startsWith("text/html") && !body.isEmpty()) {
      return Optional.of(NoAnswer.page(answer));
    }
    if (answer.statusCode() != OK) {
      return Optional.of(NoAnswer.of(answer, "no acknowledgement"));
    }
    if (!isETag(answer.firstMatchingHeader("ETag").orElse("").strip())) {
      return Optional.of(NoAnswer.of(answer, "no ETag, which is no acknowledgement"));
    }
    return Optional.empty();
  }

  /**
   * An empty value is not an ETag, and one without its closing quote was cut off; some stores omit
   * the quotes.
   */
  private static boolean isETag(String value) {
    return value.startsWith("\"") ? value.length() > 2 && value.endsWith("\"") : !value.isEmpty();
  }

  /** Whatever checksum was sent: the store may name one of its own choice. */
  private static Optional<S3Exception> anotherChecksum(
      PutObjectRequest put, SdkHttpResponse answer, Optional<RequestBody> body) {
    boolean same =
        CHECKSUMS.entrySet().stream()
            .allMatch(
                checksum ->
                    answer
                        .firstMatchingHeader(checksum.getKey())
                        .filter(Predicate.not(String::isBlank))
                        .map(named -> named.equals(own(checksum.getValue(), put, body)))
                        .orElse(true));
    return same
        ? Optional.empty()
        : Optional.of(NoAnswer.of(answer, "another checksum than that of the bytes sent"));
  }

  private static String own(
      ChecksumAlgorithm algorithm, PutObjectRequest put, Optional<RequestBody> body) {
    String sha256 = put.metadata().get(StoreHeaders.SHA256);
    return algorithm == DefaultChecksumAlgorithm.SHA256 && sha256 != null
        ? StoreHeaders.base64(sha256)
        : Base64.getEncoder().encodeToString(BodyChecksum.of(algorithm, body));
  }
}
