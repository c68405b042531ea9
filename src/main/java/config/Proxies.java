package config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import model.web.WebAddress;

/**
 * The proxies for requests to the portal.
 *
 * @param forHttp for http addresses
 * @param forHttps for https addresses
 * @param direct hosts that are reached without a proxy, in the format of {@code NO_PROXY}
 */
public record Proxies(Optional<Proxy> forHttp, Optional<Proxy> forHttps, String direct) {
  /** No proxy at all. */
  public static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty(), "");

  private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
  private static final Pattern NETWORK = Pattern.compile("([0-9a-f:.]+)/(\\d{1,3})");

  /**
   * Reads {@code portal.proxy}; if it is not set, the environment, as curl does. Of {@code
   * http_proxy} only the lower-case name counts.
   *
   * @throws UsageException if one is not the address of a proxy
   */
  static Proxies read(Values values, Map<String, String> environment) {
    Optional<String> own = values.text(ConfigKey.PORTAL_PROXY);
    if (own.isPresent()) {
      Optional<Proxy> proxy = Proxy.read(own.get());
      if (proxy.isEmpty()) {
        throw values.mistake(ConfigKey.PORTAL_PROXY, WRONG);
      }
      return new Proxies(proxy, proxy, "");
    }
    return new Proxies(
        proxy(environment, "http_proxy"),
        proxy(environment, "https_proxy").or(() -> proxy(environment, "HTTPS_PROXY")),
        Optional.of(environment.getOrDefault("no_proxy", ""))
            .filter(hosts -> !hosts.isEmpty())
            .orElse(environment.getOrDefault("NO_PROXY", "")));
  }

  private static final String WRONG =
      "is not the address of an HTTP proxy, such as http://proxy.example:3128";

  private static Optional<Proxy> proxy(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(
            value ->
                Proxy.read(value)
                    .orElseThrow(
                        () ->
                            new UsageException(
                                name + " " + WRONG + "; portal.proxy goes before it")));
  }

  /** The proxy for a request; empty if it goes straight to its host. */
  public Optional<Proxy> of(WebAddress address) {
    return (address.scheme().equals("https") ? forHttps : forHttp)
        .filter(proxy -> !isDirect(address.host()));
  }

  private boolean isDirect(String host) {
    if (direct.strip().equals("*")) {
      return true;
    }
    String name = bare(host);
    for (String entry : direct.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
      if (!entry.isEmpty() && (isIp(name) ? isSame(name, bare(entry)) : isWithin(name, entry))) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String host) {
    return host.replaceFirst("^\\[", "").replaceFirst("]", "").replaceFirst("\\.$", "");
  }

  private static boolean isIp(String name) {
    return IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
  }

  private static boolean isWithin(String name, String entry) {
    String domain = bare(entry).replaceFirst("^\\.", "");
    return name.equals(domain) || name.endsWith("." + domain);
  }

  /** The entry is an address, or a network such as {@code 10.0.0.0/8}. */
  private static boolean isSame(String address, String entry) {
    var network = NETWORK.matcher(entry);
    String base = network.matches() ? network.group(1) : entry;
    if (!isIp(base)) {
      return false;
    }
    try {
      byte[] one = InetAddress.getByName(address).getAddress();
      byte[] other = InetAddress.getByName(base).getAddress();
      int bits = network.matches() ? Integer.parseInt(network.group(2)) : one.length * 8;
      return one.length == other.length && bits <= one.length * 8 && equal(one, other, bits);
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }

  private static boolean equal(byte[] one, byte[] other, int bits) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
