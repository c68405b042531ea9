package portal.list;

import config.UsageException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import model.Digests;
import org.jspecify.annotations.Nullable;
import platform.OwnerOnly;

/**
 * Copies a list, and notes where each of its pages begins, so that a page can be read without the
 * others, however long the list is.
 */
final class ListCopy {
  private static final int BUFFER = 64 * 1024;

  /** A longer one is a quote that does not end. */
  private static final int LONGEST_RECORD = 256 * 1024;

  private final String name;
  private final int pageSize;
  private final DataOutputStream pages;
  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private RecordEnds ends = new RecordEnds(false);
  private @Nullable ListFormat format;
  private boolean isCsv;
  private boolean hasBegun;
  private long at;
  private long begin;
  private long records;

  private ListCopy(String name, int pageSize, DataOutputStream pages) {
    this.name = name;
    this.pageSize = pageSize;
    this.pages = pages;
  }

  /**
   * @param list its bytes, unpacked
   * @param name of the list, for messages
   * @param pageSize records of a page
   * @param records file for the copy
   * @param pages file for the beginnings of the pages, and the end of the last one
   * @throws UsageException if it is no list, or holds nothing
   * @throws IOException if it cannot be read or written
   */
  static HarvestList.Content copy(
      InputStream list, String name, int pageSize, Path records, Path pages) throws IOException {
    MessageDigest sha256 = Digests.sha256();
    try (OutputStream out = create(records);
        DataOutputStream index = new DataOutputStream(new BufferedOutputStream(create(pages)))) {
      ListCopy copy = new ListCopy(name, pageSize, index);
      byte[] buffer = new byte[BUFFER];
      for (int n = list.read(buffer); n >= 0; n = list.read(buffer)) {
        copy.take(buffer, n);
        sha256.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
      return copy.end(HexFormat.of().formatHex(sha256.digest()));
    }
  }

  private static OutputStream create(Path file) throws IOException {
    Files.deleteIfExists(file); // left by a process that was killed
    return OwnerOnly.create(file);
  }

  private void take(byte[] buffer, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      int c = buffer[i];
      if (!hasBegun && !isSpace(c)) {
        hasBegun = true;
        isCsv = c != '{';
        format = isCsv ? null : ListFormat.JSON_LINES;
        ends = new RecordEnds(isCsv);
      }
      if (format == null) {
        header.write(c);
      }
      at++;
      if (ends.endsAt(c)) {
        line();
      } else if (at - begin > LONGEST_RECORD) {
        throw new UsageException(
            "%s: its record %d is longer than %d KiB; is there a quote that does not end?"
                .formatted(name, records + 1, LONGEST_RECORD >> 10));
      }
    }
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private void line() throws IOException {
    if (ends.takeContent()) {
      if (format == null) {
        format = ListFormat.csv(header.toString(StandardCharsets.UTF_8));
        requireAddresses(format);
      } else {
        if (records % pageSize == 0) {
          pages.writeLong(begin);
        }
        records++;
      }
    }
    begin = at;
  }

  private void requireAddresses(ListFormat csv) {
    if (!csv.columns().contains(ListRows.URL) && !csv.columns().contains(ListRows.PATH)) {
      String first = String.join(",", csv.columns());
      throw new MissingListException(
          "%s: its first line, \"%s\", names neither url nor path; expected CSV with such a header, or a JSON object a line"
              .formatted(name, first.substring(0, Math.min(first.length(), 100))));
    }
  }

  private HarvestList.Content end(String sha256) throws IOException {
    line();
    if (records == 0 || format == null) {
      throw new MissingListException(
          "%s: holds no record; there is nothing to fetch".formatted(name));
    }
    if (ends.isQuoted()) { // the records after it would be part of it
      throw new UsageException(
          "%s: its record %d has a quote that does not end".formatted(name, records));
    }
    pages.writeLong(at);
    return new HarvestList.Content(name, pageSize, sha256, records, format.columns());
  }
}
