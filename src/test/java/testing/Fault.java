package testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A way in which a portal mishandles a request, on the wire. */
@FunctionalInterface
public interface Fault {
  /**
   * Responds in place of the portal.
   *
   * @param good the body of the correct response
   * @return whether the connection stays open
   */
  boolean answer(Socket socket, byte[] good) throws IOException;

  static Fault status(int status, String... headers) {
    return (socket, good) -> {
      byte[] body = ("status " + status).getBytes(StandardCharsets.US_ASCII);
      head(socket, status, "text/plain", "Content-Length: " + body.length, headers);
      socket.getOutputStream().write(body);
      return true;
    };
  }

  static Fault reset() {
    return (socket, good) -> {
      socket.setSoLinger(true, 0);
      return false;
    };
  }

  static Fault closeWithoutAnswer() {
    return (socket, good) -> false;
  }

  /** Declares the full length, and closes half-way. */
  static Fault cutOff() {
    return (socket, good) -> {
      head(socket, 200, "application/pdf", "Content-Length: " + good.length);
      socket.getOutputStream().write(good, 0, good.length / 2);
      return false;
    };
  }

  /** A chunked body without its last chunk; the rest ends like a complete PDF. */
  static Fault chunkedCutOff() {
    return (socket, good) -> {
      head(socket, 200, "application/pdf", "Transfer-Encoding: chunked");
      OutputStream out = socket.getOutputStream();
      out.write((Integer.toHexString(good.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(good);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      return false;
    };
  }

  /** Bytes that are not HTTP. */
  static Fault garbage() {
    return (socket, good) -> {
      socket.getOutputStream().write("SSH-2.0-nothing\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return false;
    };
  }

  static Fault empty() {
    return body("application/pdf", new byte[0]);
  }

  static Fault htmlNamedPdf() {
    return body("application/pdf", "<html>404</html>".getBytes(StandardCharsets.US_ASCII));
  }

  /** A complete response with another body. */
  static Fault body(String type, byte[] bytes, String... headers) {
    return (socket, good) -> {
      head(socket, 200, type, "Content-Length: " + bytes.length, headers);
      socket.getOutputStream().write(bytes);
      return true;
    };
  }

  /** Complete responses with a PDF that is cut at another place each time. */
  static Fault withoutEnd() {
    AtomicInteger cut = new AtomicInteger(10);
    return (socket, good) ->
        body("application/pdf", Arrays.copyOf(good, good.length - cut.getAndIncrement()))
            .answer(socket, good);
  }

  /** Complete responses with a PDF that has no end, the same each time. */
  static Fault unended() {
    return (socket, good) ->
        body("application/pdf", Arrays.copyOf(good, good.length - 3)).answer(socket, good);
  }

  static Fault marked(String before) {
    return (socket, good) -> {
      byte[] mark = before.getBytes(StandardCharsets.UTF_8);
      head(socket, 200, "application/pdf", "Content-Length: " + (mark.length + good.length));
      socket.getOutputStream().write(mark);
      socket.getOutputStream().write(good);
      return true;
    };
  }

  /** Never responds, until the client gives up. */
  static Fault hang() {
    return (socket, good) -> socket.getInputStream().read() >= 0;
  }

  /** Sends a few bytes a second, forever. */
  static Fault drip() {
    return (socket, good) -> {
      head(socket, 200, "application/pdf", "Content-Length: 1000000");
      while (true) {
        socket.getOutputStream().write('x');
        LockSupport.parkNanos(100_000_000);
      }
    };
  }

  /** An endless body. */
  static Fault endless() {
    return (socket, good) -> {
      head(socket, 200, "application/pdf", "Transfer-Encoding: chunked");
      byte[] chunk =
          ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      while (true) {
        socket.getOutputStream().write(chunk);
      }
    };
  }

  /** A PDF of this many bytes, generated on the fly. */
  static Fault large(long bytes) {
    return (socket, good) -> {
      head(socket, 200, "application/pdf", "Content-Length: " + bytes);
      OutputStream out = socket.getOutputStream();
      byte[] begin = "%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII);
      byte[] end = "\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
      out.write(begin);
      byte[] block = new byte[1 << 16];
      Arrays.fill(block, (byte) ' ');
      long left = bytes - begin.length - end.length;
      for (; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(left, block.length));
      }
      out.write(end);
      return true;
    };
  }

  static Fault html(String html) {
    return body("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  private static void head(Socket socket, int status, String type, String length, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\n");
    head.append("Content-Type: ").append(type).append("\r\n").append(length).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }
}
