package testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy that knows only one host, and fetches everything from there. Records the first
 * line and the host of every request.
 */
public final class ForwardProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String credentials = "";
  private volatile int connectStatus = 200;

  /**
   * @param target port of the host behind it, on loopback
   */
  public ForwardProxy(int target) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    start(this::accept);
  }

  /** Demands {@code user:password}. */
  public ForwardProxy demand(String userAndPassword) {
    credentials =
        "Basic "
            + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Answers CONNECT with this status. */
  public void refuseTunnels(int status) {
    connectStatus = status;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** {@code GET http://host/path HTTP/1.1, host}. */
  public List<String> requests() {
    return requests;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "forward-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      while (serveOne(in, socket.getOutputStream())) {
        continue;
      }
    } catch (IOException | InterruptedException gone) {
      return;
    }
  }

  private boolean serveOne(InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    String line = line(in);
    String host = "";
    String given = "";
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      host = header.startsWith("Host: ") ? header.substring(6) : host;
      given = header.startsWith("Proxy-Authorization: ") ? header.substring(21) : given;
    }
    if (line.isEmpty()) {
      return false;
    }
    requests.add(line + ", " + host);
    if (!given.equals(credentials)) {
      write(out, "407 Who are you\r\nProxy-Authenticate: Basic realm=\"proxy\"", new byte[0]);
      return true;
    }
    if (!line.startsWith("CONNECT ")) {
      URI asked = URI.create(line.split(" ")[1]);
      answer(asked.getRawPath(), out);
      return true;
    }
    if (connectStatus != 200) {
      write(out, connectStatus + " No", "no".getBytes(StandardCharsets.US_ASCII));
      return false;
    }
    out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), target)) {
      InputStream answers = behind.getInputStream();
      start(() -> pipe(answers, out));
      pipe(in, behind.getOutputStream());
    }
    return false;
  }

  private static void pipe(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException closed) {
      return;
    }
  }

  private void answer(String path, OutputStream out) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    write(out, response.statusCode() + " Status", response.body());
  }

  private static void write(OutputStream out, String status, byte[] body) throws IOException {
    out.write(
        "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, body.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
