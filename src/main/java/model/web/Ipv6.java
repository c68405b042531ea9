package model.web;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an IPv6 address, and writes it in its shortest form, as RFC 5952 describes. */
final class Ipv6 {
  private static final int PIECES = 8;
  private static final Pattern PIECE = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?=.)|$)){4}");

  private Ipv6() {}

  /**
   * @param text without brackets
   * @return empty if it is not an address
   */
  static Optional<String> read(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return pieces(text, true).filter(pieces -> pieces.length == PIECES).map(Ipv6::write);
    }
    String right = text.substring(gap + 2);
    if (right.contains("::")) {
      return Optional.empty();
    }
    Optional<int[]> front = pieces(text.substring(0, gap), false);
    Optional<int[]> back = pieces(right, true);
    if (front.isEmpty() || back.isEmpty() || front.get().length + back.get().length >= PIECES) {
      return Optional.empty();
    }
    int[] all = new int[PIECES];
    System.arraycopy(front.get(), 0, all, 0, front.get().length);
    System.arraycopy(back.get(), 0, all, PIECES - back.get().length, back.get().length);
    return Optional.of(write(all));
  }

  private static Optional<int[]> pieces(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return Optional.of(new int[0]);
    }
    String hex = text;
    String last = text.substring(text.lastIndexOf(':') + 1);
    if (mayEndInIpv4 && IPV4.matcher(last).matches()) {
      String[] bytes = last.split("\\.");
      hex =
          text.substring(0, text.length() - last.length())
              + "%x:%x"
                  .formatted(
                      Integer.parseInt(bytes[0]) * 256 + Integer.parseInt(bytes[1]),
                      Integer.parseInt(bytes[2]) * 256 + Integer.parseInt(bytes[3]));
    }
    String[] parts = hex.split(":", -1);
    int[] pieces = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!PIECE.matcher(parts[i]).matches()) {
        return Optional.empty();
      }
      pieces[i] = Integer.parseInt(parts[i], 16);
    }
    return Optional.of(pieces);
  }

  private static String write(int[] pieces) {
    int gap = -1;
    int gapLength = 1; // a single zero is written
    for (int i = 0; i < PIECES; i++) {
      int end = i;
      while (end < PIECES && pieces[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gap = i;
        gapLength = end - i;
      }
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < PIECES; i++) {
      if (i == gap) {
        text.append(i == 0 ? "::" : ":");
        i += gapLength - 1;
      } else {
        text.append(Integer.toHexString(pieces[i])).append(i < PIECES - 1 ? ":" : "");
      }
    }
    return text.append(']').toString();
  }
}
