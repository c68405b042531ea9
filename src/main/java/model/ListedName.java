package model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import model.web.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * The names other than its id by which people look for a document: its CNR, and its address. The
 * ledger keeps digests of them, to save space; names with the same digest are distinguished by
 * reading the rows.
 */
public final class ListedName {
  /** A digest has six bytes; SQLite stores small numbers in fewer. */
  private static final int UNUSED_BITS = 16;

  private ListedName() {}

  /** A CNR without spaces and hyphens, in capital letters. */
  public static String cnr(String written) {
    return written.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }

  /** The digest of a CNR, however it is written. */
  public static long ofCnr(String written) {
    return digest("cnr:" + cnr(written));
  }

  /** The digest of an address. */
  public static long ofAddress(WebAddress address) {
    return digest("url:" + address);
  }

  /**
   * The digests by which a row is found: of its CNR, and of its address if the id cannot be derived
   * from it.
   */
  public static List<Long> of(String id, @Nullable String url, @Nullable String cnr) {
    List<Long> names = new ArrayList<>();
    if (cnr != null) {
      names.add(ofCnr(cnr));
    }
    Optional<WebAddress> address = Optional.ofNullable(url).flatMap(WebAddress::read);
    if (address.isPresent() && !follows(id, address.get())) {
      names.add(ofAddress(address.get()));
    }
    return names;
  }

  private static boolean follows(String id, WebAddress address) {
    return address
        .requested()
        .endsWith("/" + (id.contains("%3F") ? id.replaceFirst("%3F", "?") : id));
  }

  private static long digest(String name) {
    String hash = Digests.sha256(name.getBytes(StandardCharsets.UTF_8));
    return Long.parseUnsignedLong(hash.substring(0, Long.BYTES * 2), 16) >>> UNUSED_BITS;
  }
}
