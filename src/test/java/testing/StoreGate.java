package testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gate in front of an S3 endpoint that can answer in its place, stay silent or shut. What passes,
 * passes byte for byte and as a stream (the Host header included, which the signature covers); the
 * headers {@code Connection} and {@code Expect} alone belong to the gate.
 */
public final class StoreGate implements AutoCloseable {
  /** In place of a status: the connection is reset. */
  public static final int RESET = -1;

  /** In place of a status: no answer comes until the client gives up or the gate shuts. */
  public static final int HANG = -2;

  private static final Map<Integer, String> CODES =
      Map.of(403, "AccessDenied", 404, "NoSuchBucket", 503, "SlowDown");

  private final URI target;
  private final Door door;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private volatile Function<String, Integer> statusOf = request -> 0;

  /**
   * Opens on a free port of the loopback.
   *
   * @param target the store behind it, as {@code http://127.0.0.1:9000}
   */
  public StoreGate(URI target) throws IOException {
    this.target = target;
    this.door = new Door("127.0.0.1", 0, this::receive);
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.port());
  }

  /**
   * Answers requests ({@code "PUT /bucket/key"}) for which this gives a status with it, as S3 would
   * and after it has read them whole; 0 lets them pass, {@link #RESET} and {@link #HANG} do as they
   * say.
   */
  public void refuse(Function<String, Integer> statusOfRequest) {
    statusOf = statusOfRequest;
  }

  /** Lets everything pass again. */
  public void heal() {
    statusOf = request -> 0;
  }

  /** Shuts: nobody listens any more, and connections are closed. */
  public void away() throws IOException {
    door.shut();
  }

  /** Listens again at the same address. */
  public void back() throws IOException {
    door.open();
  }

  /** Requests that came whole, as {@code "PUT /bucket/key"}, whether they passed or not. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many PUTs came whole to paths with this end, whether they passed or not. */
  public int puts(String keySuffix) {
    return (int)
        requests.stream()
            .filter(request -> request.startsWith("PUT "))
            .filter(request -> request.split("\\?")[0].endsWith(keySuffix))
            .count();
  }

  private void receive(Socket client) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    Optional<String> head = head(in);
    while (head.isPresent() && answer(client, in, head.get())) {
      head = head(in);
    }
  }

  /** Returns whether the connection may go on. */
  private boolean answer(Socket client, InputStream in, String head) throws IOException {
    OutputStream out = client.getOutputStream();
    String[] words = head.split(" ", 3);
    String request = words[0] + " " + words[1];
    int status = statusOf.apply(request);
    if (header(head, "Expect").isPresent()) {
      write(out, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    if (status == 0) {
      return forward(head, request, in, out);
    }
    copy(in, length(head), OutputStream.nullOutputStream());
    requests.add(request);
    if (status == RESET) {
      client.setSoLinger(true, 0);
      return false;
    }
    if (status == HANG) {
      in.read(); // until the client gives up
      return false;
    }
    refuse(out, status, words[0]);
    return true;
  }

  private static void refuse(OutputStream out, int status, String method) throws IOException {
    String code = CODES.getOrDefault(status, "InternalError");
    String xml = "<Error><Code>" + code + "</Code><Message>by the test</Message></Error>";
    write(
        out,
        "HTTP/1.1 %d x\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, xml.length(), method.equals("HEAD") ? "" : xml));
  }

  private boolean forward(String head, String request, InputStream in, OutputStream out)
      throws IOException {
    try (Socket store = new Socket(target.getHost(), target.getPort())) {
      String once = without(without(head, "Connection"), "Expect") + "Connection: close\r\n\r\n";
      write(store.getOutputStream(), once);
      copy(in, length(head), store.getOutputStream());
      requests.add(request);
      InputStream answer = new BufferedInputStream(store.getInputStream());
      String answered = head(answer).orElseThrow(EOFException::new);
      boolean bodiless = request.startsWith("HEAD ") || answered.matches("(?s)\\S+ (204|304).*");
      boolean delimited =
          bodiless
              || header(answered, "Content-Length").isPresent()
              || header(answered, "Transfer-Encoding").isPresent();
      write(out, without(answered, "Connection") + "\r\n");
      answer.transferTo(out);
      return delimited;
    }
  }

  /** Reads that many bytes; writes them on for as long as the other side takes them. */
  private static void copy(InputStream in, long bytes, OutputStream out) throws IOException {
    byte[] block = new byte[1 << 16];
    boolean taken = true;
    for (long left = bytes; left > 0; ) {
      int read = in.read(block, 0, (int) Math.min(left, block.length));
      if (read < 0) {
        throw new EOFException("the client has gone in the middle of its request");
      }
      left -= read;
      try {
        if (taken) {
          out.write(block, 0, read);
        }
      } catch (IOException e) {
        taken = false; // the store has answered before the end; its answer is still to be read
      }
    }
  }

  /** First line and headers, each with its line end; empty at the end of the connection. */
  private static Optional<String> head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int b = in.read();
      if (b < 0) {
        return Optional.empty();
      }
      head.append((char) b);
    }
    return Optional.of(head.substring(0, head.length() - 2));
  }

  private static long length(String head) throws IOException {
    if (header(head, "Transfer-Encoding").isPresent()) {
      throw new IOException("expected a body with Content-Length, came a chunked one: " + head);
    }
    return header(head, "Content-Length").map(Long::parseLong).orElse(0L);
  }

  private static Optional<String> header(String head, String name) {
    Matcher header = Pattern.compile("(?i)\r\n" + name + ":([^\r]*)").matcher(head);
    return header.find() ? Optional.of(header.group(1).strip()) : Optional.empty();
  }

  private static String without(String head, String name) {
    return head.replaceAll("(?i)\r\n" + name + ":[^\r]*", "");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    door.close();
  }
}
