package model.web;

/** Encodes a label of a host name that contains letters other than ASCII, as RFC 3492 describes. */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_CODE_POINT = 128;

  private Punycode() {}

  /** The encoded label, without {@code xn--}. */
  static String encode(String label) {
    int[] codePoints = label.codePoints().toArray();
    StringBuilder encoded = new StringBuilder();
    label.codePoints().filter(c -> c < FIRST_CODE_POINT).forEach(encoded::appendCodePoint);
    int basic = encoded.length();
    int handled = basic;
    if (basic > 0) {
      encoded.append('-');
    }
    int next = FIRST_CODE_POINT;
    int delta = 0;
    int bias = FIRST_BIAS;
    while (handled < codePoints.length) {
      int smallest = Integer.MAX_VALUE;
      for (int c : codePoints) {
        smallest = c >= next ? Math.min(smallest, c) : smallest;
      }
      delta += (smallest - next) * (handled + 1);
      next = smallest;
      for (int c : codePoints) {
        if (c < next) {
          delta++;
        } else if (c == next) {
          appendNumber(encoded, delta, bias);
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      next++;
    }
    return encoded.toString();
  }

  private static void appendNumber(StringBuilder encoded, int number, int bias) {
    int rest = number;
    for (int k = BASE; ; k += BASE) {
      int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (rest < threshold) {
        encoded.append(digit(rest));
        return;
      }
      encoded.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
      rest = (rest - threshold) / (BASE - threshold);
    }
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int adapt(int number, int handled, boolean first) {
    int delta = first ? number / DAMP : number / 2;
    delta += delta / handled;
    int k = 0;
    while (delta > (BASE - T_MIN) * T_MAX / 2) {
      delta /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
  }
}
