package store;

import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import model.ObjectKey;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.jspecify.annotations.Nullable;

/**
 * The headers for Camel's S3 component. This is the only place where its key is set: from an {@link
 * ObjectKey}, which contains no expression that Camel could evaluate.
 */
public final class StoreHeaders {
  /** Matches all headers of the component, including those that it sets itself. */
  public static final String ALL = "CamelAwsS3*";

  /** Metadata from which {@link UploadHeaders} also takes the checksum that the store compares. */
  static final String SHA256 = "sha256";

  /** Metadata that {@link UploadHeaders} takes for a condition, and does not send. */
  static final String ONLY_FIRST = "only-first";

  /** 32 bytes. */
  private static final Pattern WHOLE = Pattern.compile("[A-Za-z0-9+/]{43}=");

  private StoreHeaders() {}

  /** A digest as the store's headers carry it. */
  static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /**
   * Such a digest in hex; null if it is not a SHA-256 of the whole object, as with multipart
   * uploads.
   */
  static @Nullable String hex(@Nullable String base64) {
    if (base64 == null || !WHOLE.matcher(base64).matches()) {
      return null;
    }
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }

  /**
   * The headers of a document.
   *
   * @param facts what the portal says about it, by field name; some become its metadata
   */
  public static Map<String, Object> document(
      ObjectKey key, long size, String sha256, Map<String, String> facts) {
    return Map.of(
        AWS2S3Constants.KEY,
        key.text(),
        AWS2S3Constants.CONTENT_TYPE,
        "application/pdf",
        AWS2S3Constants.CONTENT_LENGTH,
        size,
        AWS2S3Constants.METADATA,
        UserMetadata.of(sha256, facts));
  }

  /** The same headers, but the store refuses the upload (412) where there is an object already. */
  public static Map<String, Object> onlyFirst(
      ObjectKey key, long size, String sha256, Map<String, String> facts) {
    Map<String, String> metadata = new HashMap<>(UserMetadata.of(sha256, facts));
    metadata.put(ONLY_FIRST, "true");
    Map<String, Object> headers = new HashMap<>(document(key, size, sha256, facts));
    headers.put(AWS2S3Constants.METADATA, metadata);
    return headers;
  }

  /** The headers of a manifest. */
  public static Map<String, Object> manifest(ObjectKey key, String sha256) {
    return Map.of(
        AWS2S3Constants.KEY,
        key.text(),
        AWS2S3Constants.CONTENT_TYPE,
        Manifests.CONTENT_TYPE,
        AWS2S3Constants.METADATA,
        Map.of(SHA256, sha256));
  }
}
