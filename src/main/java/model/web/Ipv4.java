package model.web;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an IPv4 address in the notations that browsers read, and writes it with four numbers. */
final class Ipv4 {
  private static final Pattern NUMBER = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]+");
  private static final int MAX_PART = 255;

  private Ipv4() {}

  /** Whether a host is either an IPv4 address or invalid, because its last label is a number. */
  static boolean isMeant(String host) {
    String labels = withoutLastDot(host);
    return NUMBER.matcher(labels.substring(labels.lastIndexOf('.') + 1)).matches();
  }

  /**
   * Reads up to four numbers, each decimal, octal or hexadecimal; the last one fills the remaining
   * bytes.
   *
   * @param host in lower case
   * @return empty if it is not an address
   */
  static Optional<String> read(String host) {
    String[] parts = withoutLastDot(host).split("\\.", -1);
    if (parts.length > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long number = number(parts[i]);
      boolean isLast = i == parts.length - 1;
      long most = isLast ? (1L << 8 * (5 - parts.length)) - 1 : MAX_PART;
      if (number < 0 || number > most) {
        return Optional.empty();
      }
      address += isLast ? number : number << 8 * (3 - i);
    }
    return Optional.of(write(address));
  }

  private static String write(long address) {
    return (address >> 24)
        + "."
        + (address >> 16 & MAX_PART)
        + "."
        + (address >> 8 & MAX_PART)
        + "."
        + (address & MAX_PART);
  }

  private static String withoutLastDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** -1 if it is not a number, or too large for any address. */
  private static long number(String text) {
    boolean hex = text.startsWith("0x");
    String digits = hex ? text.substring(2) : text;
    int radix = hex ? 16 : text.startsWith("0") && text.length() > 1 ? 8 : 10;
    if (hex && digits.isEmpty()) {
      return 0;
    }
    try {
      return DIGITS.matcher(digits).matches() ? Long.parseLong(digits, radix) : -1;
    } catch (NumberFormatException tooLarge) {
      return -1;
    }
  }
}
