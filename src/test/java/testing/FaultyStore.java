package testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import demo.DemoStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Proxy on a folder, behind a proxy that can respond in its place or close. Everything else
 * passes unchanged.
 */
public final class FaultyStore implements AutoCloseable {
  /** S3Proxy writes an object under its name and a UUID first. */
  private static final Pattern HALF_WRITTEN =
      Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** The bucket that tests use. */
  public static final String BUCKET = "judgment-bucket";

  /** With an account, because OpenStack Swift wants one. */
  public static final String ACCESS_KEY = "test:tester";

  public static final String SECRET_KEY = "not-a-secret";

  private final Path folder;
  private final DemoStore store;
  private final int port;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private static final int HANGS = -1;

  private volatile Function<String, Integer> statusOf = request -> 0;
  private volatile Function<String, String> answerTo = request -> null;
  private volatile Predicate<String> taken = head -> true;
  private volatile String refusal = "";
  private volatile ServerSocket gate;
  private final Queue<String> heads = new ConcurrentLinkedQueue<>();

  public FaultyStore(Path folder) throws IOException {
    this.folder = folder;
    this.store = new DemoStore(folder, 0, ACCESS_KEY, SECRET_KEY);
    this.port = open(0);
  }

  private int open(int wanted) throws IOException {
    ServerSocket socket = Ports.listen("127.0.0.1", wanted);
    gate = socket;
    daemon(() -> accept(socket));
    return socket.getLocalPort();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "store-gate");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        daemon(() -> pass(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** The environment variables with which the program uses this store. */
  public Map<String, String> environment() {
    return Map.of(
        "S3_ENDPOINT", endpoint().toString(),
        "S3_BUCKET", BUCKET,
        "S3_CREATE_BUCKET", "true",
        "AWS_ACCESS_KEY_ID", store.accessKey(),
        "AWS_SECRET_ACCESS_KEY", store.secretKey());
  }

  /** Sets the credentials of these stores for the AWS SDK in this JVM. */
  public static void feedCredentialsChain() {
    System.setProperty("aws.accessKeyId", ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", SECRET_KEY);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The address of the store itself, behind the proxy. */
  public URI directEndpoint() {
    return store.endpoint();
  }

  /**
   * Answers requests ({@code "PUT /bucket/key"}) with the status that the function returns, if any.
   */
  public void refuse(Function<String, Integer> statusOfRequest) {
    statusOf = statusOfRequest;
  }

  /**
   * Answers requests ({@code "PUT /bucket/key"}) in the store's place with these bytes on the wire,
   * if the function returns any; see {@link #http}.
   */
  public void answer(Function<String, String> answerToRequest) {
    answerTo = answerToRequest;
  }

  /**
   * Answers every PUT whose request line and headers fail the test with these bytes on the wire, as
   * a store that demands or refuses a header; see {@link #http}.
   */
  public void takeOnly(Predicate<String> headOfPut, String otherwise) {
    refusal = otherwise;
    taken = headOfPut;
  }

  /** Whether a request has this header, whatever its value. */
  public static boolean has(String head, String header) {
    return head.toLowerCase(Locale.ROOT).contains("\r\n" + header.toLowerCase(Locale.ROOT));
  }

  /** A response on the wire. */
  public static String http(int status, String body, String... headers) {
    return "HTTP/1.1 "
        + status
        + " x\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n"
        + String.join("", Stream.of(headers).map(header -> header + "\r\n").toList())
        + "\r\n"
        + body;
  }

  /** Request lines and headers of all requests so far. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** Never answers requests for which this is true. */
  public void hang(Predicate<String> request) {
    statusOf = asked -> request.test(asked) ? HANGS : 0;
  }

  public void heal() {
    statusOf = request -> 0;
    answerTo = request -> null;
    taken = head -> true;
  }

  /** Stops listening. */
  public void away() throws IOException {
    gate.close();
  }

  /** Listens again at the same address. */
  public void back() throws IOException {
    open(port);
  }

  /** All requests so far, as {@code "PUT /bucket/key"}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The objects under a prefix, by key without the prefix; without {@code harvest.json}. */
  public Map<String, byte[]> objects(String prefix) throws IOException {
    Path root = folder.resolve(BUCKET).resolve(prefix);
    Map<String, byte[]> objects = new TreeMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(FaultyStore::isCounted).toList()) {
          objects.put(root.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return objects;
  }

  /** The number of objects under a prefix, without {@code harvest.json}. */
  public long count(String prefix) {
    Path root = folder.resolve(BUCKET).resolve(prefix);
    if (!Files.isDirectory(root)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(FaultyStore::isCounted).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // the folder is changing
    }
  }

  private static boolean isCounted(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.equals("harvest.json")
        && !HALF_WRITTEN.matcher(name).matches();
  }

  /** The text of {@code harvest.json}; empty if there is none. */
  public String harvestFile() throws IOException {
    Path file = folder.resolve(BUCKET).resolve("manifests/harvest.json");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** The text of a page's manifest; empty if there is none. */
  public String manifest(int page) throws IOException {
    Path file = folder.resolve(BUCKET).resolve(String.format("manifests/page-%06d.jsonl", page));
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private void pass(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      if (head == null) {
        return;
      }
      byte[] body = in.readNBytes(contentLength(head));
      String request = head.split(" ")[0] + " " + head.split(" ")[1];
      requests.add(request);
      heads.add(head);
      String answer = answerTo.apply(request);
      int status = statusOf.apply(request);
      if (answer == null && request.startsWith("PUT") && !taken.test(head)) {
        answer = refusal;
      }
      if (answer != null) {
        client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      } else if (status == HANGS) {
        in.read(); // until the client gives up
      } else if (status != 0) {
        refuse(client.getOutputStream(), status);
      } else if (has(head, "x-amz-server-side-encryption")) {
        encrypt(request.split(" ")[1], body);
        client.getOutputStream().write(http(200, "", "ETag: \"1\"").getBytes(US_ASCII));
      } else {
        forward(head, body, client.getOutputStream());
      }
    } catch (IOException e) {
      return; // the client has gone
    }
  }

  private static void refuse(OutputStream out, int status) throws IOException {
    String xml = "<Error><Code>Refused</Code><Message>by the test</Message></Error>";
    out.write(
        ("HTTP/1.1 "
                + status
                + " x\r\nContent-Type: application/xml\r\nConnection: close\r\n"
                + "Content-Length: "
                + xml.length()
                + "\r\n\r\n"
                + xml)
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** S3Proxy refuses to encrypt, so it gets the object without that. Nothing is encrypted. */
  private void encrypt(String path, byte[] body) {
    String[] parts = path.substring(1).split("/", 2);
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(store.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build()) {
      s3.putObject(put -> put.bucket(parts[0]).key(parts[1]), RequestBody.fromBytes(body));
    }
  }

  private void forward(String head, byte[] body, OutputStream client) throws IOException {
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), store.endpoint().getPort())) {
      String once =
          head.replaceFirst("(?i)\r\nConnection: [^\r]*", "") + "Connection: close\r\n\r\n";
      target.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
      target.getOutputStream().write(body);
      target.getInputStream().transferTo(client);
    }
  }

  /** Request line and headers, each with its line end; null at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      head.append((char) b);
    }
    return head.substring(0, head.length() - 2);
  }

  private static int contentLength(String head) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.split(":")[1].strip());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    gate.close();
    store.close();
  }
}
