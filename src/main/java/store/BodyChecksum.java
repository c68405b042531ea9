package store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.core.sync.RequestBody;

/** The checksum of an upload's bytes, which are read for it. */
final class BodyChecksum {
  private static final int BUFFER = 64 * 1024;

  private BodyChecksum() {}

  static byte[] of(ChecksumAlgorithm algorithm, Optional<RequestBody> body) {
    SdkChecksum checksum = SdkChecksum.forAlgorithm(algorithm);
    body.ifPresent(bytes -> update(checksum, bytes));
    return checksum.getChecksumBytes();
  }

  private static void update(SdkChecksum checksum, RequestBody body) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = body.contentStreamProvider().newStream()) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        checksum.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
