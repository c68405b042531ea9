package testing;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Free ports. */
public final class Ports {
  /** Held as long as this JVM lives. */
  private static final Queue<DatagramSocket> CLAIMS = new ConcurrentLinkedQueue<>();

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
   * A port below those that the system uses for outgoing connections, so that nobody takes it by
   * chance before it is used. No two JVMs of this machine get the same one: a bound UDP port with
   * the same number marks it as taken.
   */
  public static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      try (ServerSocket probe = new ServerSocket()) {
        DatagramSocket claim = new DatagramSocket(address);
        CLAIMS.add(claim);
        probe.setReuseAddress(true);
        probe.bind(address);
        return port;
      } catch (BindException taken) {
        continue; // with another
      }
    }
  }
}
