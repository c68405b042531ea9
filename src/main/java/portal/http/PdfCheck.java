package portal.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import model.FailureReason;
import portal.Download;
import portal.PortalException;

/**
 * Checks that a file is a complete PDF: it starts with {@code %PDF-}, possibly after a byte-order
 * mark or white space, and has {@code %%EOF} in its last 1,024 bytes.
 */
public final class PdfCheck {
  private static final byte[] HEAD = "%PDF-".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 1024;

  /**
   * @throws PortalException if it is not: {@code empty}, {@code not_pdf} or {@code truncated}
   */
  public void check(Download download, String url) {
    try {
      if (download.size() == 0) {
        throw new PortalException(FailureReason.EMPTY, url + " returned an empty body");
      }
      if (!beginsLikeAPdf(download.file())) {
        throw new PortalException(
            FailureReason.NOT_PDF,
            url + " returned " + download.size() + " bytes that are not a PDF");
      }
      if (!endsLikeAPdf(download.file())) {
        throw new PortalException(
            FailureReason.TRUNCATED,
            url + " returned a PDF of " + download.size() + " bytes without its end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spooled file could not be read", e);
    }
  }

  private static boolean beginsLikeAPdf(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), TAIL)) {
      int first = skipMarkAndSpace(in);
      byte[] rest = in.readNBytes(HEAD.length - 1);
      return first == HEAD[0] && new String(rest, StandardCharsets.US_ASCII).equals("PDF-");
    }
  }

  /**
   * Returns the first byte that is neither white space nor part of a UTF-8 or UTF-16 byte-order
   * mark.
   */
  private static int skipMarkAndSpace(InputStream in) throws IOException {
    int b = in.read();
    while (b == 0xEF || b == 0xBB || b == 0xBF || b == 0xFE || b == 0xFF || isSpace(b)) {
      b = in.read();
    }
    return b;
  }

  private static boolean isSpace(int b) {
    return b == 0 || b == '\t' || b == '\n' || b == '\f' || b == '\r' || b == ' ';
  }

  private static boolean endsLikeAPdf(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(TAIL, in.length())];
      in.seek(in.length() - tail.length);
      in.readFully(tail);
      return new String(tail, StandardCharsets.ISO_8859_1).contains("%%EOF");
    }
  }
}
