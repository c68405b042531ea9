package portal.list;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import model.FailureReason;
import portal.Download;
import portal.PortalException;
import portal.Row;

/**
 * The size and the hash that a list gives for a document. They are facts of its row, because a
 * document may be tried again from its manifest alone.
 */
public final class ExpectedBytes {
  private static final String SIZE = "size";
  private static final String SHA256 = "sha256";

  /** {@code size} and {@code sha256} in a manifest are those of what is stored. */
  private static final String LISTED = "listed_";

  private static final int OK = 200;

  private ExpectedBytes() {}

  static boolean isSensible(ListRecord record) {
    return record.field(SIZE).filter(size -> !size.matches("\\d{1,15}")).isEmpty()
        && record.field(SHA256).filter(hash -> !hash.matches("[0-9a-fA-F]{64}")).isEmpty();
  }

  static Map<String, String> facts(ListRecord record) {
    Map<String, String> facts = new LinkedHashMap<>();
    record.field(SIZE).ifPresent(size -> facts.put(LISTED + SIZE, size));
    record
        .field(SHA256)
        .ifPresent(hash -> facts.put(LISTED + SHA256, hash.toLowerCase(Locale.ROOT)));
    return facts;
  }

  /**
   * Compares a document with what the list says.
   *
   * @throws PortalException if it has another size or hash: {@code mismatch}
   */
  public static void require(Row row, Download download) {
    String size = row.facts().getOrDefault(LISTED + SIZE, "");
    if (!size.isEmpty() && Long.parseLong(size) != download.size()) {
      throw mismatch("%s has %d bytes, the list says %s", row, download.size(), size);
    }
    String sha256 = row.facts().getOrDefault(LISTED + SHA256, "");
    if (!sha256.isEmpty() && !sha256.equals(download.sha256())) {
      throw mismatch("%s has the SHA-256 %s, the list says %s", row, download.sha256(), sha256);
    }
  }

  private static PortalException mismatch(String words, Row row, Object is, Object expected) {
    return new PortalException(FailureReason.MISMATCH, words.formatted(row.address(), is, expected))
        .answered(OK);
  }
}
