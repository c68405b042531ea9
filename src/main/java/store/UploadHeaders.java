package store;

import config.StoreSettings;
import config.UploadSettings;
import config.UploadSettings.Checksum;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Gives every upload, whoever makes it, its checksum, encryption, storage class and condition.
 * Camel's producer has no header for checksum and condition.
 */
final class UploadHeaders implements ExecutionInterceptor {
  private static final String SHA256 = "x-amz-checksum-sha256";

  private final UploadSettings uploads;
  private final String documents;

  UploadHeaders(StoreSettings settings) {
    this.uploads = settings.uploads();
    this.documents = settings.prefix();
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (!(context.request() instanceof PutObjectRequest put)) {
      return context.request();
    }
    PutObjectRequest.Builder upload =
        put.toBuilder().serverSideEncryption(uploads.encryption()).ssekmsKeyId(uploads.kmsKeyId());
    if (put.key().startsWith(documents)) {
      upload.storageClass(uploads.storageClass());
    }
    if (put.metadata().containsKey(StoreHeaders.ONLY_FIRST)) {
      Map<String, String> metadata = new HashMap<>(put.metadata());
      metadata.remove(StoreHeaders.ONLY_FIRST);
      upload.metadata(metadata).ifNoneMatch("*");
    }
    String sha256 = put.metadata().get(StoreHeaders.SHA256);
    if (uploads.checksum() == Checksum.SHA256 && sha256 != null) {
      upload.checksumSHA256(StoreHeaders.base64(sha256));
    }
    return upload.build();
  }

  /**
   * The SHA-256 of documents and manifests is known; for an MD5, and for all else, the bytes are
   * read once more.
   */
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    if (!(context.request() instanceof PutObjectRequest put)) {
      return request;
    }
    return switch (uploads.checksum()) {
      case MD5 -> with(request, "Content-MD5", DefaultChecksumAlgorithm.MD5, context.requestBody());
      case SHA256 ->
          put.checksumSHA256() == null
              ? with(request, SHA256, DefaultChecksumAlgorithm.SHA256, context.requestBody())
              : request;
      case NONE -> request;
    };
  }

  private static SdkHttpRequest with(
      SdkHttpRequest request,
      String header,
      ChecksumAlgorithm algorithm,
      Optional<RequestBody> body) {
    byte[] checksum = BodyChecksum.of(algorithm, body);
    return request.toBuilder()
        .putHeader(header, Base64.getEncoder().encodeToString(checksum))
        .build();
  }
}
