package store;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import store.StoreException.Kind;

/** Reads objects to their end, again when one breaks off. */
final class WholeObject {
  private static final int READINGS = 3;

  private WholeObject() {}

  /** What becomes of the bytes. */
  interface Reader<T> {
    T read(InputStream body) throws IOException;
  }

  /**
   * Reads an object.
   *
   * @throws StoreException {@code INCOMPLETE}, if it breaks off each time
   */
  static <T> T read(S3Client s3, String bucket, String key, Reader<T> reader) {
    for (int reading = 1; ; reading++) {
      try (ResponseInputStream<GetObjectResponse> body =
          s3.getObject(get -> get.bucket(bucket).key(key))) {
        return reader.read(body);
      } catch (IOException e) { // the body was cut off
        if (reading == READINGS) {
          throw new StoreException(
              Kind.INCOMPLETE, "%s cannot be read to its end: %s".formatted(key, e.getMessage()));
        }
      }
    }
  }
}
