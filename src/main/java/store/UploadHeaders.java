package store;

import config.StoreSettings;
import config.UploadSettings;
import config.UploadSettings.Checksum;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Gives every upload, whoever makes it, its checksum, encryption, storage class and condition.
 * Camel's producer has no header for checksum and condition.
 */
final class UploadHeaders implements ExecutionInterceptor {
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

  /** Only its SHA-256 is known from the download, so for an MD5 the file is read once more. */
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    if (uploads.checksum() != Checksum.MD5 || !(context.request() instanceof PutObjectRequest)) {
      return context.httpRequest();
    }
    byte[] md5 = BodyChecksum.of(DefaultChecksumAlgorithm.MD5, context.requestBody());
    return context.httpRequest().toBuilder()
        .putHeader("Content-MD5", Base64.getEncoder().encodeToString(md5))
        .build();
  }
}
