package portal.opendata;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a document comes from, as rows and manifests say it.
 *
 * @param key of the object, or of the tar
 * @param name of the PDF
 * @param inTar whether the key is that of a tar
 * @param offset of the member's header in the tar; negative if unknown
 */
record SourceKey(String key, String name, boolean inTar, long offset) {
  static final String SOURCE = "source";
  static final String OPEN_DATA = "opendata";

  /** A name may have a number sign, too; a tar lies where no document does. */
  private static final Pattern IN_TAR = Pattern.compile("(data/tar/.*/[^/]*?\\.tar)#([^/]*)");

  private static final String KEY = "source_key";
  private static final String ETAG = "source_etag";
  private static final String OFFSET = "source_offset";

  /** Read from the facts of a row; everything is empty if they do not say it. */
  static SourceKey of(Map<String, String> facts) {
    String text = facts.getOrDefault(KEY, "");
    Matcher tar = IN_TAR.matcher(text);
    boolean inTar = tar.matches();
    String key = inTar ? tar.group(1) : text;
    String name = inTar ? tar.group(2) : text.substring(text.lastIndexOf('/') + 1);
    String offset = facts.getOrDefault(OFFSET, "");
    return new SourceKey(
        key, name, inTar, offset.matches("\\d{1,18}") ? Long.parseLong(offset) : -1);
  }

  /** The facts that say where a document comes from. */
  static Map<String, String> facts(FoundName found, Slice slice) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(SOURCE, OPEN_DATA);
    String part = found.part();
    if (part == null) {
      facts.put(KEY, slice.objectKey(found.name()));
      return facts;
    }
    facts.put(KEY, part + "#" + found.name());
    if (!found.etag().isEmpty()) {
      facts.put(ETAG, found.etag());
    }
    facts.put(OFFSET, String.valueOf(found.offset()));
    return facts;
  }

  /** The name of the tar; empty for an object. */
  String tar() {
    return inTar ? key.substring(key.lastIndexOf('/') + 1) : "";
  }

  /** The document's key as an object. */
  String objectKey() {
    return inTar
        ? key.substring(0, key.lastIndexOf('/') + 1).replaceFirst("^data/tar/", "data/pdf/") + name
        : key;
  }
}
