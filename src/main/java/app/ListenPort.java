package app;

import config.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that a server of this process can listen on. */
final class ListenPort {
  private static final int ANY = 0;

  private ListenPort() {}

  /**
   * Checks that the port is free, or finds a free one for 0.
   *
   * @param key names the port in the configuration
   * @throws UsageException if it is not free, or the address is not this machine's
   */
  static int free(String key, String host, int port) {
    try {
      return bind(host, port);
    } catch (IOException e) {
      throw new UsageException(
          isHere(host)
              ? "%s: cannot listen on %d at %s (%s); expected a free port"
                  .formatted(key, port, host, e.getMessage())
              : "api.host: \"%s\" is no address of this machine (%s); expected one such as 127.0.0.1 or 0.0.0.0"
                  .formatted(host, e.getMessage()),
          e);
    }
  }

  private static int bind(String host, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return probe.getLocalPort();
    }
  }

  private static boolean isHere(String host) {
    try {
      bind(host, ANY);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
