package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import demo.DemoStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ClientsIT {
  private static final String ACCESS = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";

  @TempDir private Path folder;
  private String accessBefore;
  private String secretBefore;
  private Path file;

  @BeforeEach
  void credentials() throws IOException {
    accessBefore = System.getProperty(ACCESS);
    secretBefore = System.getProperty(SECRET);
    System.setProperty(ACCESS, "tester");
    System.setProperty(SECRET, "not-a-secret");
    file = Files.writeString(folder.resolve("a.pdf"), "%PDF-1.4 %%EOF");
  }

  @AfterEach
  void credentialsAsBefore() {
    restore(ACCESS, accessBefore);
    restore(SECRET, secretBefore);
  }

  private static void restore(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  private void put(S3Client s3, String sha256) {
    s3.putObject(
        put ->
            put.bucket("judgments-test").key("judgments/a.pdf").metadata(Map.of("sha256", sha256)),
        file);
  }

  private byte[] digest() throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
  }

  @Test
  void aDocumentIsSentUnencodedAtOnceAndWithItsChecksum() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        S3Client s3 =
            S3Clients.create(
                StoreFixture.settings(
                    URI.create("http://127.0.0.1:" + server.getLocalPort()), false),
                1)) {
      CompletableFuture<List<String>> head = CompletableFuture.supplyAsync(() -> answer(server));

      put(s3, HexFormat.of().formatHex(digest()));

      assertThat(head.get(10, TimeUnit.SECONDS))
          .contains(
              "content-length: " + Files.size(file),
              ("x-amz-checksum-sha256: " + Base64.getEncoder().encodeToString(digest()))
                  .toLowerCase(Locale.ROOT))
          .noneMatch(line -> line.contains("aws-chunked"))
          .noneMatch(line -> line.startsWith("transfer-encoding"))
          .noneMatch(line -> line.startsWith("x-amz-trailer"))
          .noneMatch(line -> line.startsWith("expect"));
    }
  }

  @Test
  void aBucketNameInFrontOfLocalhostRefersToThisMachine() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
        S3Client s3 =
            S3Clients.create(
                StoreFixture.inTheHostName(URI.create("http://localhost:" + server.getLocalPort())),
                1)) {
      CompletableFuture<List<String>> head = CompletableFuture.supplyAsync(() -> answer(server));

      put(s3, HexFormat.of().formatHex(digest()));

      assertThat(head.get(10, TimeUnit.SECONDS))
          .contains("host: judgments-test.localhost:" + server.getLocalPort());
    }
  }

  /** Accepts one request, and returns its header lines in lower case. */
  private static List<String> answer(ServerSocket server) {
    try (Socket client = server.accept()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        head.add(line.toLowerCase(Locale.ROOT));
      }
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      while (in.ready() && in.read() >= 0) {
        continue; // closing with unread bytes would reset the connection
      }
      return head;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theStoreAcceptsADocumentAndKeepsItsHash() throws Exception {
    String hex = HexFormat.of().formatHex(digest());
    try (DemoStore server = new DemoStore(folder.resolve("s3"), 0, "tester", "not-a-secret");
        S3Client s3 = S3Clients.create(StoreFixture.settings(server.endpoint(), false), 1)) {
      s3.createBucket(create -> create.bucket("judgments-test"));

      put(s3, hex);

      assertThat(
              s3.headObject(head -> head.bucket("judgments-test").key("judgments/a.pdf"))
                  .metadata())
          .containsEntry("sha256", hex);
    }
  }

  @Test
  void aFinishedUploadLeavesNoTimeoutBehind() throws Exception {
    String hex = HexFormat.of().formatHex(digest());
    try (DemoStore server = new DemoStore(folder.resolve("s3"), 0, "tester", "not-a-secret");
        S3Client s3 = S3Clients.create(StoreFixture.settings(server.endpoint(), false), 1)) {
      s3.createBucket(create -> create.bucket("judgments-test"));

      put(s3, hex);

      assertThat(S3Clients.TIMEOUTS.getPoolSize()).isOne(); // something was scheduled
      assertThat(S3Clients.TIMEOUTS.getQueue()).isEmpty();
    }
  }

  @Test
  void theStoreRefusesBytesThatAreNotTheDocuments() throws Exception {
    try (DemoStore server = new DemoStore(folder.resolve("s3"), 0, "tester", "not-a-secret");
        S3Client s3 = S3Clients.create(StoreFixture.settings(server.endpoint(), false), 1)) {
      s3.createBucket(create -> create.bucket("judgments-test"));

      assertThatThrownBy(() -> put(s3, "00".repeat(32))).isInstanceOf(S3Exception.class);
      assertThat(s3.listObjectsV2(list -> list.bucket("judgments-test")).contents()).isEmpty();
    }
  }
}
