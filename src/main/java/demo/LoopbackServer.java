package demo;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a free loopback port. Its threads do not keep the process alive. */
public final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Starts a server.
   *
   * @param name of its threads
   * @param parallel how many requests are handled at once
   * @param handler handles every request
   * @throws IOException when no port can be opened
   */
  public LoopbackServer(String name, int parallel, HttpHandler handler) throws IOException {
    // the JDK's server sends head and body separately; Nagle's algorithm would delay the body by 40
    // ms. The setting is read once, when the first server is created.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.threads = Executors.newFixedThreadPool(parallel, task -> daemon(task, name));
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Aborts responses in progress. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
