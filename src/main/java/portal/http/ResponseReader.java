package portal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import model.Digests;
import model.FailureReason;
import model.OwnerOnly;
import portal.Download;
import portal.PortalException;
import portal.Reply;
import portal.SpoolException;

/** Takes the body of an answer, whole or not at all: into the spool, hashed on the way, or here. */
public final class ResponseReader {
  private static final int BUFFER = 16 * 1024;
  private static final int LARGEST_PAGE = 16 * 1024 * 1024;
  private static final int ENOUGH_OF_AN_ERROR = 64 * 1024;

  private final long maxDocumentBytes;
  private final InstantSource clock;

  /**
   * @param maxDocumentBytes a longer document is rejected as {@code too_large}
   * @param clock tells how far away a date is that the portal names
   */
  public ResponseReader(long maxDocumentBytes, InstantSource clock) {
    this.maxDocumentBytes = maxDocumentBytes;
    this.clock = clock;
  }

  /**
   * Receives the answer.
   *
   * @param body null when there is none
   * @throws PortalException when the portal is too busy (429, 5xx) or the body too large
   * @throws IOException when the body broke off, or the spool could not be written
   */
  public Reply receive(Transfer transfer, InputStream body) throws IOException {
    InputStream in = body == null ? InputStream.nullInputStream() : body;
    int status = transfer.status();
    if (status == 429 || status >= 500) {
      transfer.cutOff();
      throw tooBusy(transfer);
    }
    if (status != 200) {
      byte[] error = in.readNBytes(ENOUGH_OF_AN_ERROR);
      if (error.length == ENOUGH_OF_AN_ERROR) {
        transfer.cutOff();
      }
      return new Reply(status, transfer.headers(), error, null);
    }
    Path spool = transfer.request().spool();
    return spool == null
        ? new Reply(status, transfer.headers(), page(transfer, in), null)
        : new Reply(status, transfer.headers(), null, document(transfer, in, spool));
  }

  private PortalException tooBusy(Transfer transfer) {
    Duration wait =
        transfer.headers().getOrDefault("retry-after", List.of()).stream()
            .findFirst()
            .flatMap(value -> RetryAfter.parse(value, clock.instant()))
            .orElse(null);
    boolean asksToWait = transfer.status() == 429 || transfer.status() == 503;
    return new PortalException(
        FailureReason.http(transfer.status()),
        transfer.request().uri() + " answered " + transfer.status(),
        asksToWait ? wait : null,
        null);
  }

  private static byte[] page(Transfer transfer, InputStream in) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      page.write(buffer, 0, n);
      if (page.size() > LARGEST_PAGE) {
        transfer.cutOff();
        throw new PortalException(
            FailureReason.UNREADABLE,
            transfer.request().uri() + " is no listing: more than " + LARGEST_PAGE + " bytes");
      }
    }
    return page.toByteArray();
  }

  private Download document(Transfer transfer, InputStream in, Path spool) throws IOException {
    declaredLength(transfer).ifPresent(length -> limit(transfer, length));
    MessageDigest sha256 = Digests.sha256();
    long size = 0;
    try (OutputStream out = create(spool)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        limit(transfer, size);
        sha256.update(buffer, 0, n);
        write(out, buffer, n);
      }
    }
    return new Download(spool, size, HexFormat.of().formatHex(sha256.digest()));
  }

  private static OutputStream create(Path spool) {
    try {
      Files.deleteIfExists(spool); // of an earlier answer that was asked for once more
      return OwnerOnly.create(spool);
    } catch (IOException e) {
      throw new SpoolException(e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int n) {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw new SpoolException(e); // the disk's doing, not the portal's
    }
  }

  private void limit(Transfer transfer, long size) {
    if (size > maxDocumentBytes) {
      transfer.cutOff();
      throw new PortalException(
          FailureReason.TOO_LARGE,
          transfer.request().uri() + " is larger than " + maxDocumentBytes + " bytes");
    }
  }

  private static OptionalLong declaredLength(Transfer transfer) {
    List<String> lengths = transfer.headers().getOrDefault("content-length", List.of());
    try {
      return lengths.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(lengths.get(0).strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
