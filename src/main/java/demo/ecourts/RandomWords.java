package demo.ecourts;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Unguessable words. */
final class RandomWords {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomWords() {}

  /** A word of this many random bytes, in hexadecimal. */
  static String hex(int bytes) {
    byte[] word = new byte[bytes];
    RANDOM.nextBytes(word);
    return HexFormat.of().formatHex(word);
  }

  /** A word of these letters. */
  static String word(String letters, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(letters.charAt(RANDOM.nextInt(letters.length())));
    }
    return word.toString();
  }
}
