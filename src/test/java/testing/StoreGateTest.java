package testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import demo.DemoStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The gate before a real store, seen from the client that the program uses. */
class StoreGateTest {
  private static final String BUCKET = "judgment-bucket";
  private static final String KEY = "judgments/doc/1.pdf";

  @TempDir Path folder;
  private DemoStore store;
  private StoreGate gate;
  private S3Client s3;

  @BeforeEach
  void open() throws IOException {
    store = new DemoStore(folder, 0, "tester", "not-a-secret");
    gate = new StoreGate(store.endpoint());
    s3 = client();
    s3.createBucket(b -> b.bucket(BUCKET));
  }

  @AfterEach
  void close() throws IOException {
    s3.close();
    gate.close();
    store.close();
  }

  @Test
  void aSignedRequestPassesAndItsConnectionGoesOn() throws Exception {
    put("first");
    put("second");

    assertThat(s3.headObject(b -> b.bucket(BUCKET).key(KEY)).contentLength()).isEqualTo(6);
    assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(KEY)).asUtf8String())
        .isEqualTo("second");
    assertThat(gate.puts(KEY)).isEqualTo(2);
    assertThat(gate.requests()).contains("GET /judgment-bucket/" + KEY);
  }

  @Test
  void aLargeBodyPassesWhole() {
    long size = 40_000_000;
    RequestBody body =
        RequestBody.fromContentProvider(() -> new Spaces(size), size, "application/pdf");
    s3.putObject(b -> b.bucket(BUCKET).key(KEY), body);

    assertThat(object()).hasSize(size);
  }

  @Test
  void aRefusalComesAfterTheWholeRequestAndInTheWordsOfS3() {
    gate.refuse(request -> request.startsWith("PUT") && request.endsWith(KEY) ? 403 : 0);

    assertThatThrownBy(() -> put("x".repeat(5_000_000)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(403);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            });
    assertThat(object()).doesNotExist();
    gate.heal();
    put("now");
    assertThat(object()).hasContent("now");
  }

  @Test
  void silenceAndResetsAreNoAnswers() {
    for (int fault : new int[] {StoreGate.HANG, StoreGate.RESET}) {
      gate.refuse(request -> fault);
      assertThatThrownBy(() -> put("x")).isInstanceOf(SdkClientException.class);
    }
    assertThat(object()).doesNotExist();
  }

  @Test
  void goingAwayClosesIdleConnectionsAndBackIsTheSamePort() throws Exception {
    put("before");
    gate.away();
    assertThatThrownBy(() -> put("meanwhile")).isInstanceOf(SdkClientException.class);
    gate.back();
    Awaitility.await().ignoreExceptions().untilAsserted(() -> put("after"));

    assertThat(object()).hasContent("after");
  }

  @Test
  void aClientThatGoesInTheMiddleHasPutNothing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate.endpoint().getPort())) {
      String half =
          "PUT /judgment-bucket/half HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf";
      socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isNegative();
    }
    assertThat(gate.puts("half")).isZero();
  }

  private Path object() {
    return folder.resolve(BUCKET).resolve(KEY);
  }

  private void put(String text) {
    s3.putObject(b -> b.bucket(BUCKET).key(KEY), RequestBody.fromString(text));
  }

  private S3Client client() {
    var credentials = AwsBasicCredentials.create("tester", "not-a-secret");
    return S3Client.builder()
        .endpointOverride(gate.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(5)))
        .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  /** That many spaces, held nowhere. */
  private static final class Spaces extends InputStream {
    private long left;

    Spaces(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] to, int from, int most) {
      int count = (int) Math.min(most, left);
      left -= count;
      return count == 0 && most > 0 ? -1 : count;
    }
  }
}
