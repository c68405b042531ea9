package model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The key of an object in the bucket. Plain ASCII, percent-encoded where needed, and never longer than S3 accepts.
 *
 * <p>It contains no braces, so that Camel's S3 component does not evaluate it: 4.18.0 treats a key with <code>${</code> or {@code $simple{} as an expression (CVE-2026-95664).
 *
 * @param prefix ends with {@code /}
 * @param id the rest, in the format of {@link #plain}
 */
public record ObjectKey(String prefix, String id) {
  /** The longest key that S3 accepts, in bytes. */
  private static final int LONGEST = 1024;

  private static final String PLAIN_SIGNS = "-._~:/?[]@!$&'()*+,;=%";

  /** The longest name, in bytes, in the file systems that some stores use. */
  private static final int LONGEST_PART = 255;

  private static final int HASH = 64;
  private static final Pattern HASHED = Pattern.compile("~[0-9a-f]{" + HASH + "}$");

  public ObjectKey {
    if (id.isEmpty() || !plain(id).equals(id) || !plain(prefix).equals(prefix)) {
      throw new IllegalArgumentException("no key of an object: \"" + prefix + id + "\"");
    }
    if (prefix.length() + id.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%d bytes are too many for a key; the most are %d: %s"
              .formatted(prefix.length() + id.length(), LONGEST, prefix + id));
    }
  }

  /** The whole key. */
  public String text() {
    return prefix + id;
  }

  /** How long an id below this prefix may be, in bytes. */
  public static int longestId(String prefix) {
    return LONGEST - prefix.length();
  }

  /**
   * Makes an id from a name: percent-encodes whatever is not plain, and the second of two dots.
   * Plain characters and existing escapes are kept.
   */
  public static String plain(String name) {
    return encode(name).replace("..", ".%2E");
  }

  /** Percent-encodes everything except ASCII letters, digits and {@code PLAIN_SIGNS}. */
  private static String encode(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xFF;
      encoded.append(isPlain(c) ? String.valueOf((char) c) : "%%%02X".formatted(c));
    }
    return encoded.toString();
  }

  /**
   * A loop, since this runs several times per document, and a stream costs several times as much.
   */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || PLAIN_SIGNS.indexOf(c) >= 0);
  }

  /**
   * Cuts parts between slashes that are longer than file systems allow, and appends a hash of them;
   * also parts that already end like such a hash, which might otherwise collide with a cut one.
   */
  public static String fitParts(String id) {
    return Arrays.stream(id.split("/", -1))
        .map(ObjectKey::fitPart)
        .collect(Collectors.joining("/"));
  }

  /** The same, but only for parts that are too long. */
  public static String fitLongParts(String id) {
    return Arrays.stream(id.split("/", -1))
        .map(part -> part.length() <= LONGEST_PART ? part : fitPart(part))
        .collect(Collectors.joining("/"));
  }

  private static String fitPart(String part) {
    return part.length() <= LONGEST_PART && !HASHED.matcher(part).find()
        ? part
        : cut(part, LONGEST_PART) + hash(part);
  }

  /** Cuts an id that is longer than this, so that it ends in a hash of itself. */
  public static String fit(String id, int maxLength) {
    if (id.length() <= maxLength) {
      return id;
    }
    String start = id.substring(0, maxLength - HASH - 1);
    int last = start.lastIndexOf('/') + 1;
    return start.length() - last + HASH + 1 <= LONGEST_PART
        ? start + hash(id)
        : start.substring(0, last) + cut(start.substring(last), LONGEST_PART) + hash(id);
  }

  /** The start of a part, with room for a hash and no half of an escape at its end. */
  private static String cut(String part, int length) {
    return part.substring(0, Math.min(part.length(), length - HASH - 1))
        .replaceFirst("%[0-9A-Fa-f]?$", "");
  }

  private static String hash(String text) {
    return "~" + Digests.sha256(text.getBytes(StandardCharsets.US_ASCII));
  }
}
