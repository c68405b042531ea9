package portal.http;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import model.FailureReason;
import portal.Download;
import portal.PortalException;
import portal.UnendedException;

/**
 * Checks that a file is a complete PDF: {@code %PDF-} within its first 1,024 bytes, where some
 * portals print warnings before it, and {@code %%EOF} within its last 1,024 bytes.
 */
public final class PdfCheck {
  private static final String HEADER = "%PDF-";
  private static final String END = "%%EOF";
  private static final int SEARCHED = 1024;
  private static final int OK = 200;

  /**
   * @throws PortalException if it is not: {@code empty}, {@code not_pdf} or {@code truncated}
   * @throws UnendedException if nothing but its end is missing
   */
  public void check(Download download, String url) {
    try {
      examine(download, url);
    } catch (PortalException e) {
      throw e.answered(OK); // else there would be no download
    } catch (IOException e) {
      throw new UncheckedIOException("the spooled file could not be read", e);
    }
  }

  private static void examine(Download download, String url) throws IOException {
    if (download.size() == 0) {
      throw new PortalException(FailureReason.EMPTY, url + " returned an empty body");
    }
    try (RandomAccessFile file = new RandomAccessFile(download.file().toFile(), "r")) {
      if (!isPdf(read(file, 0))) {
        throw new PortalException(
            FailureReason.NOT_PDF,
            url + " returned " + download.size() + " bytes that are not a PDF");
      }
      if (!read(file, Math.max(0, file.length() - SEARCHED)).contains(END)) {
        throw new UnendedException(
            url + " returned a PDF of " + download.size() + " bytes without its end", download);
      }
    }
  }

  /** The same, with a further check of what is a PDF, whether it has its end or not. */
  public void check(Download download, String url, Consumer<Download> further) {
    try {
      check(download, url);
    } catch (UnendedException e) {
      further.accept(download);
      throw e;
    }
    further.accept(download);
  }

  /** Whether there is a header that is not merely text inside an HTML page. */
  private static boolean isPdf(String begin) {
    for (int at = begin.indexOf(HEADER); at >= 0; at = begin.indexOf(HEADER, at + 1)) {
      if (!OpenMarkup.endsInside(begin.substring(0, at))) {
        return true;
      }
    }
    return false;
  }

  private static String read(RandomAccessFile file, long from) throws IOException {
    byte[] part = new byte[(int) Math.min(SEARCHED, file.length() - from)];
    file.seek(from);
    file.readFully(part);
    return new String(part, StandardCharsets.ISO_8859_1);
  }
}
