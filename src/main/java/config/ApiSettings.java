package config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code api.*}, {@code management.*} and {@code fleet.*} keys, checked.
 *
 * @param host address that the API listens on, without brackets
 * @param port its port; 0 for any free one
 * @param key the key that callers must send; null for none
 * @param readKey a key whose callers may only read; null for none
 * @param tls the files with which the API speaks HTTPS; null for HTTP
 * @param corsOrigins origins whose pages may call the API, as {@code scheme://host[:port]}, lower
 *     case, without a default port
 * @param allowedHosts {@code Host} values that are answered; empty for the names and addresses of
 *     {@code host} and of loopback
 * @param allowAnonymous whether {@code host} may be open to other machines without a key
 * @param managementPort port of health and metrics on 127.0.0.1; 0 for any free one
 * @param hawtio login of the console on the management port; null where it is not served
 * @param peers base addresses of the other instances, without a slash at the end
 * @param fleetKey the key sent to the peers; null for none
 */
public record ApiSettings(
    String host,
    int port,
    @Nullable String key,
    @Nullable String readKey,
    @Nullable Tls tls,
    List<String> corsOrigins,
    List<HostValue> allowedHosts,
    boolean allowAnonymous,
    int managementPort,
    @Nullable Login hawtio,
    List<URI> peers,
    @Nullable String fleetKey) {

  /**
   * PEM files.
   *
   * @param certificate also trusted by whatever calls an instance
   * @param key null where only commands run
   */
  public record Tls(Path certificate, @Nullable Path key) {}

  /** User and password. */
  public record Login(String user, String password) {
    /** Without the password, which must not be logged. */
    @Override
    public String toString() {
      return "Login[user=%s]".formatted(user);
    }
  }

  /** The certificate that callers of an instance trust; null for none but what the JDK trusts. */
  public @Nullable Path trusted() {
    return tls == null ? null : tls.certificate();
  }

  /** A copy with other ports. */
  public ApiSettings withPorts(int other, int otherManagement) {
    return new ApiSettings(
        host,
        other,
        key,
        readKey,
        tls,
        corsOrigins,
        allowedHosts,
        allowAnonymous,
        otherManagement,
        hawtio,
        peers,
        fleetKey);
  }

  /** The key with which a command calls; null for none. */
  public @Nullable String callersKey() {
    return key == null ? readKey : key;
  }

  /** The address of the API on this machine, without a slash at the end. */
  public String address() {
    String reached =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return "%s://%s:%d".formatted(tls == null ? "http" : "https", reached, port);
  }

  /** Without the keys, which must not be logged. */
  @Override
  public String toString() {
    return "ApiSettings[host=%s, port=%d, corsOrigins=%s, managementPort=%d, peers=%s]"
        .formatted(host, port, corsOrigins, managementPort, peers);
  }
}
