package model.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the host of an address as browsers do. */
final class WebHost {
  /**
   * The characters that the WHATWG standard allows, apart from {@code "`{}}, which no URI may
   * contain.
   */
  private static final Pattern NAME = Pattern.compile("[a-z0-9._~!$&'()*+,;=-]+");

  /** Characters that are ignored in a name, such as the soft hyphen; joiners are not. */
  private static final Pattern IGNORED =
      Pattern.compile("[\\u00AD\\u034F\\u180B-\\u180D\\u200B\\u2060\\u2064\\uFE00-\\uFE0F\\uFEFF]");

  private static final Pattern FULL_STOPS = Pattern.compile("[\\u3002\\uFF0E\\uFF61]");

  /** What a name must not contain, once it is mapped. */
  private static final Pattern REFUSED =
      Pattern.compile("[\\p{Cntrl}\\p{Z}\\p{Co}\\p{Cs}\\p{Cn}\\p{Cf}\\uFFFD&&[^\\u200C\\u200D]]");

  private WebHost() {}

  /**
   * @param text as it stands in an address
   * @return a name in lower case and ASCII, or an IPv4 address, or an IPv6 address in brackets;
   *     empty if it is no host
   */
  static Optional<String> read(String text) {
    if (text.startsWith("[")) {
      return text.endsWith("]")
          ? Ipv6.read(text.substring(1, text.length() - 1))
          : Optional.empty();
    }
    Optional<String> name = ascii(decode(text)).filter(host -> NAME.matcher(host).matches());
    return name.filter(Ipv4::isMeant).isPresent() ? Ipv4.read(name.get()) : name;
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2)) {
        decoded.write(Character.digit(bytes[i + 1], 16) * 16 + Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHex(byte[] bytes, int i) {
    return i < bytes.length && Character.digit(bytes[i], 16) >= 0;
  }

  /** The name in ASCII: UTS 46, as far as the JDK's Unicode tables allow. */
  private static Optional<String> ascii(String name) {
    if (isAscii(name)) {
      String lower = name.toLowerCase(Locale.ROOT);
      return Optional.of(lower).filter(host -> !host.contains("xn--") || hasSoundLabels(host));
    }
    String mapped = map(name);
    if (mapped.isEmpty() || REFUSED.matcher(mapped).find()) {
      return Optional.empty();
    }
    List<String> labels = new ArrayList<>();
    for (String label : mapped.split("\\.", -1)) {
      if (isAscii(label)) {
        labels.add(label);
      } else if (label.startsWith("xn--")
          || Character.getType(label.codePointAt(0)) == Character.NON_SPACING_MARK) {
        return Optional.empty();
      } else {
        labels.add("xn--" + Punycode.encode(label));
      }
    }
    return Optional.of(String.join(".", labels)).filter(WebHost::hasSoundLabels);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static String map(String name) {
    String seen = IGNORED.matcher(FULL_STOPS.matcher(name).replaceAll(".")).replaceAll("");
    String folded =
        Normalizer.normalize(seen.replace("\u1E9E", "\u00DF"), Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT);
    return FULL_STOPS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKC)).replaceAll(".");
  }

  /** Whether labels marked as encoded really are: pure ASCII is never encoded. */
  private static boolean hasSoundLabels(String host) {
    return Arrays.stream(host.split("\\.", -1))
        .filter(label -> label.startsWith("xn--"))
        .allMatch(label -> label.length() > 4 && !label.endsWith("-"));
  }
}
