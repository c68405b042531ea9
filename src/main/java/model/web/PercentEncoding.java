package model.web;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encodes parts of addresses as the WHATWG URL standard does. */
final class PercentEncoding {
  private static final String IN_PATH = " \"#<>?^`{}";
  private static final String IN_QUERY = " \"#<>";
  private static final String NOT_IN_URI = " \"#<>[\\]^`{|}";

  private PercentEncoding() {}

  /** A part of a path between two slashes. */
  static String ofSegment(String segment) {
    return encode(segment, IN_PATH, StandardCharsets.UTF_8);
  }

  /**
   * A query.
   *
   * @param charset of the page with the link, in which browsers send the query
   */
  static String ofQuery(String query, Charset charset) {
    boolean isUnicode = charset.name().startsWith("UTF-") || !charset.canEncode();
    return encode(query, IN_QUERY, isUnicode ? StandardCharsets.UTF_8 : charset);
  }

  /** Percent-encodes these characters, and all that are not printable ASCII. */
  private static String encode(String text, String signs, Charset charset) {
    if (isKept(text, signs)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder();
    CharsetEncoder encoder = charset.newEncoder();
    text.codePoints()
        .forEach(
            c -> {
              if (isKept(c, signs)) {
                encoded.append((char) c);
                return;
              }
              boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
              String character = isHalf ? "\uFFFD" : Character.toString(c);
              byte[] bytes = encoder.canEncode(character) ? character.getBytes(charset) : null;
              if (bytes == null) {
                encoded.append("%26%23").append(character.codePointAt(0)).append("%3B");
                return;
              }
              for (byte b : bytes) {
                encoded.append("%%%02X".formatted(b & 0xFF));
              }
            });
    return encoded.toString();
  }

  /**
   * A loop, since this runs for each part of each address, and a stream costs several times as
   * much.
   */
  private static boolean isKept(String text, String signs) {
    for (int i = 0; i < text.length(); i++) {
      if (!isKept(text.charAt(i), signs)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKept(int c, String signs) {
    return c >= ' ' && c < 127 && signs.indexOf(c) < 0;
  }

  /** Also encodes characters that the standard leaves unchanged but a URI must not contain. */
  static String strict(String text) {
    return encode(text, NOT_IN_URI, StandardCharsets.UTF_8);
  }
}
