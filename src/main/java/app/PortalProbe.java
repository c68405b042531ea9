package app;

import config.PortalSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import model.web.WebAddress;

/** Finds out whether a server listens at the portal's address, without sending a request. */
final class PortalProbe {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private PortalProbe() {}

  /**
   * Connects to the portal, or to the proxy in front of it.
   *
   * @return why that is not possible; empty if it is
   */
  static Optional<String> silence(URI portal, PortalSettings settings) {
    return WebAddress.read(portal.toString())
        .flatMap(
            address ->
                settings
                    .proxies()
                    .of(address)
                    .map(
                        proxy ->
                            silence("the proxy " + proxy, proxy.host(), proxy.port(), settings))
                    .orElseGet(
                        () ->
                            silence(
                                "%s://%s".formatted(portal.getScheme(), portal.getRawAuthority()),
                                address.host(),
                                address.port(),
                                settings)));
  }

  private static Optional<String> silence(
      String name, String host, int port, PortalSettings settings) {
    Duration connect = settings.timeouts().connect();
    Duration longest = connect.compareTo(LONGEST) < 0 ? connect : LONGEST;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) longest.toMillis());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("%s does not answer (%s)".formatted(name, words(e, longest)));
    }
  }

  private static String words(IOException e, Duration longest) {
    if (e instanceof UnknownHostException) {
      return "the host is unknown";
    }
    return e instanceof SocketTimeoutException
        ? "no connection within %d s".formatted(Math.max(1, longest.toSeconds()))
        : String.valueOf(e.getMessage());
  }
}
