package config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks the {@code api.*}, {@code management.*} and {@code fleet.*} keys. */
public final class ApiSection {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern NAME =
      Pattern.compile("(?![\\d.]+$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private final Values values;
  private final Path folder;

  /**
   * @param folder that a relative path starts from
   */
  ApiSection(Values values, Path folder) {
    this.values = values;
    this.folder = folder;
  }

  ApiSettings read() {
    String host = host();
    String key = secret(ConfigKey.API_KEY);
    String readKey = readKey(key);
    boolean allowAnonymous = values.bool(ConfigKey.ALLOW_ANONYMOUS);
    if (key == null && !allowAnonymous && !isLoopback(host)) {
      throw values.mistake(
          ConfigKey.API_HOST,
          "is open to other machines; expected api.key to be set, or api.allow-anonymous=true to"
              + " allow calls without a key");
    }
    int port = values.integer(ConfigKey.API_PORT, 0, 65535);
    int managementPort = values.integer(ConfigKey.MANAGEMENT_PORT, 0, 65535);
    if (port != 0 && port == managementPort) {
      throw values.mistake(ConfigKey.MANAGEMENT_PORT, "is api.port as well; expected another port");
    }
    String fleetKey = secret(ConfigKey.FLEET_KEY);
    return new ApiSettings(
        host,
        port,
        key,
        readKey,
        tls(),
        corsOrigins(),
        allowedHosts(),
        allowAnonymous,
        managementPort,
        hawtio(),
        peers(),
        fleetKey == null ? key : fleetKey);
  }

  private String host() {
    String host = values.required(ConfigKey.API_HOST).replaceFirst("^\\[(.*)]$", "$1");
    boolean valid =
        host.contains(":")
            ? isIpv6(host)
            : IPV4.matcher(host).matches() || NAME.matcher(host).matches();
    if (!valid) {
      throw values.mistake(
          ConfigKey.API_HOST,
          "is not an address to listen on, such as 127.0.0.1, 0.0.0.0 or a host name");
    }
    return host;
  }

  private static boolean isIpv6(String host) {
    try {
      // a text with a colon causes no DNS lookup
      return host.matches("[0-9A-Fa-f:.]+") && InetAddress.getByName(host) != null;
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }

  /** Any name except localhost may resolve to any address, so it counts as open. */
  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return (host.contains(":") || IPV4.matcher(host).matches())
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }

  private @Nullable String readKey(@Nullable String key) {
    String readKey = secret(ConfigKey.API_READ_KEY);
    if (readKey != null && readKey.equals(key)) {
      throw values.mistake(
          ConfigKey.API_READ_KEY,
          "is api.key as well, which may do everything; expected another key");
    }
    return readKey;
  }

  private ApiSettings.@Nullable Login hawtio() {
    Optional<String> user = values.text(ConfigKey.HAWTIO_USER);
    Optional<String> password = values.text(ConfigKey.HAWTIO_PASSWORD);
    if (user.filter(name -> name.contains(":")).isPresent()) {
      throw values.mistake(
          ConfigKey.HAWTIO_USER,
          "holds a colon, which browsers cannot send; expected another name");
    }
    return user.isEmpty() || password.isEmpty()
        ? null
        : new ApiSettings.Login(user.get(), password.get());
  }

  private ApiSettings.@Nullable Tls tls() {
    Optional<String> certificate = values.text(ConfigKey.API_TLS_CERTIFICATE);
    Optional<String> key = values.text(ConfigKey.API_TLS_KEY);
    if (certificate.isEmpty()) {
      if (key.isPresent()) {
        throw values.mistake(
            ConfigKey.API_TLS_KEY, "has no certificate; expected api.tls.certificate to be set");
      }
      return null;
    }
    values.authorities(ConfigKey.API_TLS_CERTIFICATE, folder);
    return new ApiSettings.Tls(
        folder.resolve(certificate.get()).toAbsolutePath(),
        key.map(name -> path(ConfigKey.API_TLS_KEY, name)).orElse(null));
  }

  private Path path(ConfigKey key, String name) {
    try {
      return folder.resolve(name).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw values.mistake(key, "is not a path");
    }
  }

  private @Nullable String secret(ConfigKey key) {
    return values
        .text(key)
        .map(
            text ->
                values.matching(
                    key,
                    VISIBLE.asMatchPredicate(),
                    "cannot be sent in a header; expected ASCII letters, digits and signs without"
                        + " spaces"))
        .orElse(null);
  }

  private List<String> corsOrigins() {
    return values.list(ConfigKey.CORS_ORIGINS).stream()
        .map(
            text ->
                Values.httpAddress(text)
                    .filter(uri -> isBare(uri) && uri.getRawPath().isEmpty())
                    .map(ApiSection::origin)
                    .orElseThrow(
                        () ->
                            values.mistake(
                                ConfigKey.CORS_ORIGINS,
                                "holds \"%s\"; expected origins, such as https://host or"
                                        .formatted(text)
                                    + " https://host:8443, with commas between them")))
        .toList();
  }

  private List<HostValue> allowedHosts() {
    return values.list(ConfigKey.API_ALLOWED_HOSTS).stream()
        .map(text -> HostValue.parse(text).orElseThrow(() -> badHost(text)))
        .toList();
  }

  private UsageException badHost(String text) {
    return values.mistake(
        ConfigKey.API_ALLOWED_HOSTS,
        "holds \"%s\"; expected hosts as browsers send them, such as harvest.example, 10.0.0.2:5000"
                .formatted(text)
            + " or [::1], with commas between them");
  }

  /** Whether an address has no user, query or fragment. */
  public static boolean isBare(URI uri) {
    return uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  /** The origin in the format of browsers: lower case, without a default port. */
  private static String origin(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }

  private List<URI> peers() {
    return values.list(ConfigKey.PEERS).stream()
        .map(
            text ->
                Values.httpAddress(text.replaceFirst("/+$", ""))
                    .filter(ApiSection::isBare)
                    .orElseThrow(
                        () ->
                            values.mistake(
                                ConfigKey.PEERS,
                                "holds \"%s\"; expected addresses of instances, such as"
                                        .formatted(text)
                                    + " http://10.0.0.2:5000, with commas between them")))
        .toList();
  }
}
