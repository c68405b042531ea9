package testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A portal over plain sockets, so that it can misbehave below HTTP. Lists documents {@code
 * /doc/1.pdf} … on pages {@code /list/1} …, records every request, and injects faults on demand.
 * There is no robots.txt until one is set.
 */
public final class PortalSimulator implements AutoCloseable {
  /**
   * A request, as received.
   *
   * @param nanos time of arrival, as {@link System#nanoTime}
   */
  public record Recorded(String path, long nanos, Map<String, String> headers) {}

  private final int documents;
  private final int pageSize;
  private final String host;
  private final int port;
  private final Map<Integer, List<String>> pages = new ConcurrentHashMap<>();
  private final Map<String, Function<Integer, Fault>> faults = new ConcurrentHashMap<>();
  private volatile Function<String, Fault> everywhere = path -> null;
  private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
  private final Queue<Recorded> recorded = new ConcurrentLinkedQueue<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private volatile ServerSocket server;
  private volatile Thread acceptor;
  private volatile int listedTotal;
  private volatile boolean wantsSession;

  public PortalSimulator(int documents, int pageSize) throws IOException {
    this("127.0.0.1", documents, pageSize);
  }

  /**
   * @param host a loopback address: 127.0.0.2 is a foreign host for 127.0.0.1
   */
  public PortalSimulator(String host, int documents, int pageSize) throws IOException {
    this.host = host;
    this.documents = documents;
    this.listedTotal = documents;
    this.pageSize = pageSize;
    this.port = open(0);
  }

  private int open(int wanted) throws IOException {
    ServerSocket socket = Ports.listen(host, wanted);
    server = socket;
    acceptor = daemon(() -> accept(socket));
    return socket.getLocalPort();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "portal-simulator");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        if (from.isClosed()) {
          // a blocked accept keeps the port alive until it returns, and may return a connection
          socket.close();
          return;
        }
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  public String url() {
    return "http://" + host + ":" + port;
  }

  public String listingUrl() {
    return url() + "/list/{page}";
  }

  /** Lists these links on a page, instead of the default ones. */
  public void page(int page, String... hrefs) {
    pages.put(page, List.of(hrefs));
  }

  /** Sets a session cookie with each listing, which documents demand from now on. */
  public void sessions() {
    wantsSession = true;
  }

  /** Sets the total in listings from now on. */
  public void total(int total) {
    listedTotal = total;
  }

  /** Answers a path with a fault from now on. */
  public void fault(String path, Fault fault) {
    faults.put(path, attempt -> fault);
  }

  /** Serves this robots.txt from now on. */
  public void robots(String... lines) {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    fault("/robots.txt", Fault.body("text/plain", text));
  }

  /** Answers the first requests of a path with a fault. */
  public void faultFirst(String path, int count, Fault fault) {
    faults.put(path, attempt -> attempt <= count ? fault : null);
  }

  /** Answers requests with the fault that the function returns, if any. */
  public void faults(Function<String, Fault> byPath) {
    everywhere = byPath;
  }

  public void heal() {
    faults.clear();
    everywhere = path -> null;
  }

  /** Stops listening, and closes all connections: the next one is refused. */
  public void away() throws IOException {
    server.close();
    join(acceptor);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens again at the same address. */
  public void back() throws IOException {
    open(port);
  }

  public List<Recorded> requests() {
    return List.copyOf(recorded);
  }

  public int requestsTo(String path) {
    return (int) recorded.stream().filter(request -> request.path().equals(path)).count();
  }

  public int mostAtOnce() {
    return mostUnderWay.get();
  }

  /** The bytes of a document. */
  public byte[] bytesOf(String path) {
    String body = "%PDF-1.4\n" + (path + "\n").repeat(100) + "%%EOF\n";
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String request = line(in);
      while (request != null && answer(socket, in, request)) {
        request = line(in);
      }
    } catch (IOException e) {
      return; // the client has gone
    } finally {
      sockets.remove(socket);
    }
  }

  private boolean answer(Socket socket, InputStream in, String request) throws IOException {
    String path = request.split(" ")[1];
    Map<String, String> headers = new HashMap<>();
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    recorded.add(new Recorded(path, System.nanoTime(), headers));
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      return wantsSession && path.endsWith(".pdf") && !headers.containsKey("cookie")
          ? Fault.status(403).answer(socket, new byte[0])
          : respond(socket, path);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private boolean respond(Socket socket, String path) throws IOException {
    int attempt = tries.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
    Function<Integer, Fault> own = faults.get(path);
    Fault fault = own == null ? everywhere.apply(path) : own.apply(attempt);
    byte[] good = path.startsWith("/list/") ? listing(path) : bytesOf(path);
    if (fault != null) {
      return fault.answer(socket, good);
    }
    if (path.startsWith("/list/")) {
      String[] cookie = {"Set-Cookie: PHPSESSID=a1; path=/; HttpOnly"};
      return Fault.body("text/html; charset=utf-8", good, wantsSession ? cookie : new String[0])
          .answer(socket, good);
    }
    return path.endsWith(".pdf") || path.contains(".pdf?")
        ? Fault.body("application/pdf", good).answer(socket, good)
        : Fault.status(404).answer(socket, good);
  }

  private byte[] listing(String path) {
    int page = Integer.parseInt(path.substring("/list/".length()));
    List<String> hrefs = pages.getOrDefault(page, ownLinks(page));
    StringBuilder html = new StringBuilder("<html><body><p id='total'>");
    html.append(String.format(Locale.ROOT, "%,d results</p><ul>", listedTotal));
    for (String href : hrefs) {
      html.append("<li><a href=\"")
          .append(href)
          .append("\">Case ")
          .append(href)
          .append("</a></li>");
    }
    return html.append("</ul></body></html>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private List<String> ownLinks(int page) {
    List<String> links = new ArrayList<>();
    int first = (page - 1) * pageSize + 1;
    for (int i = first; i < first + pageSize && i <= documents; i++) {
      links.add("/doc/" + i + ".pdf");
    }
    return links;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      away();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
