package testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Raw HTTP, for what no client would send. */
public final class RawHttp {
  private RawHttp() {}

  /**
   * Sends text to a port of this machine.
   *
   * @return everything that arrives until the server closes
   */
  public static String exchange(int port, String text) throws IOException {
    try (Socket socket = open(port)) {
      send(socket, text);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A GET with this Host, after which the server closes. */
  public static String get(int port, String path, String host) throws IOException {
    return exchange(
        port, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
  }

  public static Socket open(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  public static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Whether the server closes the connection, now or in a while. */
  public static boolean isClosed(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return in.read() < 0;
  }
}
