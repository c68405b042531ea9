package testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Free ports. */
public final class Ports {
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** Listens on a port that may have been released a moment ago. */
  public static ServerSocket listen(String host, int port) throws IOException {
    IOException refused = null;
    for (int i = 0; i < 100; i++) {
      ServerSocket socket = new ServerSocket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), 200);
        return socket;
      } catch (IOException e) {
        socket.close();
        refused = e;
        LockSupport.parkNanos(50_000_000);
      }
    }
    throw refused;
  }

  /**
   * A port below those that the system gives to outgoing connections: nobody takes it by chance
   * between this look and its use. None is given twice.
   */
  public static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      if (!GIVEN.add(port)) {
        continue;
      }
      try (ServerSocket probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (BindException taken) {
        continue; // with another
      }
    }
  }
}
