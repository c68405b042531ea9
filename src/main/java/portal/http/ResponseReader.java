package portal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import model.Digests;
import model.FailureReason;
import model.Validators;
import org.jspecify.annotations.Nullable;
import portal.Download;
import portal.PortalException;
import portal.Reply;
import portal.SpoolException;
import store.SpoolFiles;
import store.SpoolRoom;

/**
 * Reads the body of a response, completely or not at all: into the spool, hashing it on the way, or
 * into memory.
 */
public final class ResponseReader {
  /** The value of {@code Accept-Encoding} in requests. */
  public static final String ACCEPTED_ENCODING = ContentCoding.ACCEPTED;

  private static final int BUFFER = 16 * 1024;
  private static final int LARGEST_PAGE = 16 * 1024 * 1024;
  private static final int ENOUGH_OF_AN_ERROR = 64 * 1024;

  private static final byte[] NOTHING = {};

  private final long maxDocumentBytes;
  private final SpoolFiles files;
  private final SpoolRoom room;
  private final InstantSource clock;
  private final LargePages largePages = new LargePages();

  /**
   * @param maxDocumentBytes a longer document is rejected as {@code too_large}
   * @param files of the spool
   * @param room in the spool; a document that is longer than all of it is rejected, too
   * @param clock for computing the wait until a date in Retry-After, where the portal does not name
   *     its own
   */
  public ResponseReader(
      long maxDocumentBytes, SpoolFiles files, SpoolRoom room, InstantSource clock) {
    this.maxDocumentBytes = Math.min(maxDocumentBytes, room.most());
    this.files = files;
    this.room = room;
    this.clock = clock;
  }

  /**
   * Reads the response.
   *
   * @throws PortalException if the portal is too busy (429, 5xx) or the body is too large
   * @throws IOException if the body was cut off, or the spool could not be written
   */
  public Reply receive(Transfer transfer, @Nullable InputStream body) throws IOException {
    InputStream raw = body == null ? InputStream.nullInputStream() : body;
    int status = transfer.status();
    if (status == 429 || status >= 500) {
      transfer.cutOff();
      throw tooBusy(transfer);
    }
    if (status != 200) {
      return new Reply(status, transfer.headers(), error(transfer, raw), null);
    }
    InputStream in = ContentCoding.decode(transfer.headers(), raw);
    Path spool = transfer.request().spool();
    Reply reply =
        spool == null
            ? new Reply(status, transfer.headers(), page(transfer, in), null)
            : new Reply(status, transfer.headers(), NOTHING, document(transfer, in, spool));
    finish(transfer, raw);
    return reply;
  }

  /** Limits large pages in memory. */
  public LargePages largePages() {
    return largePages;
  }

  /**
   * Reads the beginning of a body that only explains the status. If it is cut off, the status alone
   * counts.
   */
  private static byte[] error(Transfer transfer, InputStream raw) throws IOException {
    byte[] error = new byte[ENOUGH_OF_AN_ERROR];
    int size = 0;
    try {
      for (int n = 0;
          n >= 0 && size < error.length;
          n = raw.read(error, size, error.length - size)) {
        size += n;
      }
    } catch (IOException e) {
      if (transfer.isCutOff()) { // by us
        throw e;
      }
      transfer.cutOff();
    }
    if (size == error.length) {
      transfer.cutOff();
    }
    return Arrays.copyOf(error, size);
  }

  /** Reads whatever follows the end of a compressed body, up to the declared length. */
  private static void finish(Transfer transfer, InputStream raw) throws IOException {
    if (!transfer.isCutOff() && raw.readNBytes(BUFFER).length == BUFFER) {
      transfer.cutOff();
    }
  }

  private PortalException tooBusy(Transfer transfer) {
    Duration wait =
        RetryAfter.of(transfer.headers(), clock.instant())
            .filter(time -> !time.isZero()) // zero would mean an immediate retry
            .orElse(null);
    boolean asksToWait = transfer.status() == 429 || transfer.status() == 503;
    return new PortalException(
        FailureReason.http(transfer.status()),
        transfer.request().uri() + " answered " + transfer.status(),
        asksToWait ? wait : null,
        null);
  }

  private byte[] page(Transfer transfer, InputStream in) throws IOException {
    int enough = transfer.request().enough();
    if (enough < LARGEST_PAGE) {
      byte[] beginning = in.readNBytes(enough);
      if (beginning.length == enough) {
        transfer.cutOff();
      }
      return beginning;
    }
    ByteArrayOutputStream page = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      page.write(buffer, 0, n);
      if (page.size() > LargePages.LARGE) {
        largePages.enter(transfer.stopSignal());
      }
      if (page.size() > LARGEST_PAGE) {
        transfer.cutOff();
        throw new PortalException(
            FailureReason.UNREADABLE,
            transfer.request().uri()
                + " is not a listing: more than %,d MiB".formatted(LARGEST_PAGE >> 20));
      }
    }
    return page.toByteArray();
  }

  private Download document(Transfer transfer, InputStream in, Path spool) throws IOException {
    OptionalLong declared = declaredLength(transfer);
    declared.ifPresent(length -> limit(transfer, length));
    boolean isKnown = !transfer.headers().containsKey("content-encoding");
    room.keep(
        spool,
        isKnown ? declared.orElse(maxDocumentBytes) : maxDocumentBytes,
        transfer.stopSignal());
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
    room.has(spool, size);
    return new Download(
        spool,
        size,
        HexFormat.of().formatHex(sha256.digest()),
        Optional.empty(),
        Validators.of(transfer.headers()));
  }

  private OutputStream create(Path spool) {
    try {
      return files.create(spool); // in place of an earlier response, when the request was repeated
    } catch (IOException e) {
      throw new SpoolException(e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int n) {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw new SpoolException(e); // caused by the disk, not by the portal
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
