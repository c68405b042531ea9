package store;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A document's metadata in the bucket: its hash, and facts from the portal. It is sent in headers,
 * so it is ASCII, percent-encoded.
 */
final class UserMetadata {
  private static final List<String> FACTS = List.of("cnr", "court", "decision_date");

  /** Of each value. S3 takes 2 KB in all, OpenStack Swift 256 bytes of each. */
  private static final int LONGEST = 256;

  private static final String UNRESERVED = "-._~";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UserMetadata() {}

  static Map<String, String> of(String sha256, Map<String, String> facts) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(StoreHeaders.SHA256, sha256);
    for (String name : FACTS) {
      String value = encode(facts.getOrDefault(name, ""));
      if (!value.isEmpty()) {
        metadata.put(name.replace('_', '-'), value); // some proxies drop headers with _
      }
    }
    return Map.copyOf(metadata);
  }

  /** The metadata that a store answers: some, such as OpenStack Swift, capitalise the names. */
  static Map<String, String> read(Map<String, String> answered) {
    Map<String, String> metadata = new HashMap<>();
    answered.forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
    return metadata;
  }

  /** Cut after a whole character if it is too long. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (int character : text.codePoints().toArray()) {
      String next = encode(character);
      if (encoded.length() + next.length() > LONGEST) {
        break;
      }
      encoded.append(next);
    }
    return encoded.toString();
  }

  private static String encode(int character) {
    if (character < 128
        && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
      return Character.toString(character);
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(HEX.toHexDigits(b));
    }
    return encoded.toString();
  }
}
