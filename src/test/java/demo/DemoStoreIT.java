package demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class DemoStoreIT {
  private static final String BUCKET = "papers";
  private static final byte[] BYTES = "%PDF-1.7 a judgment".getBytes(UTF_8);

  @TempDir Path folder;
  private DemoStore store;
  private S3Client s3;

  @BeforeEach
  void start() throws Exception {
    store = new DemoStore(folder.resolve("store"));
    s3 = client(store.endpoint(), store.accessKey(), store.secretKey());
    s3.createBucket(bucket -> bucket.bucket(BUCKET));
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    store.close();
  }

  @Test
  void anObjectComesBackWithItsBytesItsTypeAndItsMetadata() throws Exception {
    put("judgments/000001/01-a.pdf", sha256());

    HeadObjectResponse head =
        s3.headObject(object -> object.bucket(BUCKET).key("judgments/000001/01-a.pdf"));

    assertThat(head.contentLength()).isEqualTo(BYTES.length);
    assertThat(head.contentType()).isEqualTo("application/pdf");
    assertThat(head.metadata())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("sha256", "abc", "source-url", "http://portal/a%20b"));
    assertThat(get("judgments/000001/01-a.pdf")).isEqualTo(BYTES);
  }

  @Test
  void anObjectIsTheFileAtItsKeyInTheFolder() throws Exception {
    put("judgments/000001/01-a.pdf", sha256());

    assertThat(folder.resolve("store").resolve(BUCKET).resolve("judgments/000001/01-a.pdf"))
        .hasBinaryContent(BYTES);
  }

  @Test
  void bytesThatDoNotMatchTheirChecksumAreRefused() {
    String other = Base64.getEncoder().encodeToString(new byte[32]);

    assertThatThrownBy(() -> put("judgments/wrong.pdf", other)).isInstanceOf(S3Exception.class);

    assertThatThrownBy(() -> get("judgments/wrong.pdf")).isInstanceOf(NoSuchKeyException.class);
    assertThat(keys("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "judgments/a b.pdf",
        "judgments/a%20b.pdf",
        "judgments/a%3Fb.pdf",
        "judgments/a?b=c&d.pdf",
        "judgments/a+b.pdf",
        "judgments/a%2Fb.pdf",
        "judgments/\u0928\u094d\u092f\u093e\u092f.pdf"
      })
  void anUnusualKeyIsKeptAsItIs(String key) throws Exception {
    put(key, sha256());

    assertThat(get(key)).isEqualTo(BYTES);
    assertThat(keys("judgments/")).containsExactly(key);
  }

  @Test
  void aListingContinuesOverManyPagesInTheOrderOfTheKeys() throws Exception {
    List<String> keys = List.of("m/1.json", "m/10.json", "m/2.json", "m/a/1.json", "n/1.json");
    for (String key : keys) {
      put(key, sha256());
    }

    assertThat(
            s3
                .listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix("m/").maxKeys(2))
                .contents()
                .stream()
                .map(S3Object::key))
        .containsExactlyElementsOf(keys.subList(0, 4));
  }

  @Test
  void aMissingBucketIsReportedAsSuch() {
    assertThatThrownBy(() -> s3.headBucket(bucket -> bucket.bucket("none")))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void aClientWithAnotherSecretIsRefused() {
    try (S3Client stranger = client(store.endpoint(), store.accessKey(), "guessed")) {
      assertThatThrownBy(() -> stranger.listObjectsV2(list -> list.bucket(BUCKET)))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void aStoreRestartedOnItsPortStillHasItsObjects() throws Exception {
    put("judgments/a.pdf", sha256());
    URI endpoint = store.endpoint();
    store.close();

    store =
        new DemoStore(
            folder.resolve("store"), endpoint.getPort(), store.accessKey(), store.secretKey());

    assertThat(store.endpoint()).isEqualTo(endpoint);
    assertThat(get("judgments/a.pdf")).isEqualTo(BYTES);
    assertThat(s3.headObject(object -> object.bucket(BUCKET).key("judgments/a.pdf")).metadata())
        .containsEntry("sha256", "abc");
  }

  @Test
  void anUploadLeftIncompleteByAKilledProcessIsGoneAfterTheNextStart() throws Exception {
    put("judgments/a.pdf", sha256());
    int port = store.endpoint().getPort();
    store.close();
    Path judgments = folder.resolve("store").resolve(BUCKET).resolve("judgments");
    Files.write(judgments.resolve("b.pdf-bd6891e3-b4bb-4665-96ee-2629a37b1477"), BYTES);

    store = new DemoStore(folder.resolve("store"), port, store.accessKey(), store.secretKey());

    assertThat(keys("")).containsExactly("judgments/a.pdf");
    assertThat(judgments).isDirectoryNotContaining("glob:**b.pdf*");
  }

  @Test
  void aKeyWithAnEmptyPartIsRefusedAndAffectsNoOther() throws Exception {
    put("judgments/a.pdf", sha256());

    assertThatThrownBy(() -> put("judgments//a.pdf", sha256())).isInstanceOf(S3Exception.class);

    assertThat(keys("")).containsExactly("judgments/a.pdf");
  }

  private void put(String key, String checksum) throws Exception {
    Path file = Files.write(folder.resolve("upload"), BYTES);
    s3.putObject(
        object ->
            object
                .bucket(BUCKET)
                .key(key)
                .contentType("application/pdf")
                .metadata(Map.of("sha256", "abc", "source-url", "http://portal/a%20b"))
                .checksumSHA256(checksum),
        RequestBody.fromFile(file));
  }

  private byte[] get(String key) {
    return s3.getObjectAsBytes(object -> object.bucket(BUCKET).key(key)).asByteArray();
  }

  private List<String> keys(String prefix) {
    return s3.listObjectsV2(list -> list.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static String sha256() throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(BYTES));
  }

  private static S3Client client(URI endpoint, String accessKey, String secretKey) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClientBuilder(ApacheHttpClient.builder())
        .build();
  }
}
