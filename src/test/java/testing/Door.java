package testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A listening port, with a thread for each connection, that can shut and open again. */
final class Door implements AutoCloseable {
  /** Deals with one connection; it is closed when this returns or throws. */
  @FunctionalInterface
  interface Visit {
    void receive(Socket socket) throws IOException;
  }

  private final String host;
  private final int port;
  private final Visit visit;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket server;

  /**
   * Opens.
   *
   * @param host a loopback address
   * @param port 0 for a free one
   */
  Door(String host, int port, Visit visit) throws IOException {
    this.host = host;
    this.visit = visit;
    this.port = listen(port);
  }

  int port() {
    return port;
  }

  /** Refuses connections from now on and closes those there are; nothing when it is shut. */
  synchronized void shut() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** Listens again on the same port; nothing when it does already. */
  synchronized void open() throws IOException {
    if (server.isClosed()) {
      listen(port);
    }
  }

  private int listen(int wanted) throws IOException {
    ServerSocket socket = Ports.listen(host, wanted);
    server = socket;
    daemon(() -> accept(socket));
    return socket.getLocalPort();
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        sockets.add(socket);
        if (from.isClosed()) {
          socket.close(); // it came in while the door shut, too late for shut() to see it
        }
        daemon(() -> receive(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void receive(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      visit.receive(socket);
    } catch (IOException e) {
      return; // the other side has gone
    } finally {
      sockets.remove(socket);
    }
  }

  private void daemon(Runnable work) {
    Thread thread = new Thread(work, "door");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      shut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
