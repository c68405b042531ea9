package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import config.StoreSettings;
import config.UploadSettings;
import config.UploadSettings.Checksum;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import model.Digests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import store.StoreException.Kind;
import testing.FaultyStore;
import testing.Ports;

class BucketIT {
  @TempDir private Path folder;

  private static StoreException refusal(StoreSettings settings, AwsCredentialsProvider who) {
    try (Store store =
        new Store(
            S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .forcePathStyle(true)
                .credentialsProvider(who)
                .build(),
            settings)) {
      return catchThrowableOfType(StoreException.class, () -> store.bucket().ensure());
    }
  }

  private static AwsCredentialsProvider anyone() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "one"));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 405, 501})
  void aDocumentThatTheStoreDoesNotReportIsFetchedAgain(int status) throws Exception {
    FaultyStore.feedCredentialsChain();
    try (FaultyStore gate = new FaultyStore(folder);
        Store store =
            Store.open(StoreFixture.settings(gate.endpoint(), true, UploadSettings.DEFAULT), 1)) {
      gate.answer(request -> request.startsWith("HEAD") ? FaultyStore.http(status, "") : null);

      assertThat(store.bucket().kept("judgments/a.pdf")).isEmpty();
    }
  }

  @Test
  void aDocumentOfWhoseBytesTheStoreNamesAnotherChecksumIsFetchedAgain() throws Exception {
    String put = "ab".repeat(32);
    FaultyStore.feedCredentialsChain();
    try (FaultyStore gate = new FaultyStore(folder);
        Store store =
            Store.open(StoreFixture.settings(gate.endpoint(), true, UploadSettings.DEFAULT), 1)) {
      gate.answer(request -> kept(request, put, put));
      assertThat(store.bucket().kept("judgments/a.pdf")).contains(new KeptDocument(5, put, true));

      gate.answer(request -> kept(request, put, "cd".repeat(32)));
      assertThat(store.bucket().kept("judgments/a.pdf")).isEmpty();
    }
  }

  @Test
  void anObjectIsThoseBytesUnlessTheStoreSaysOtherwise() throws Exception {
    String put = "ab".repeat(32);
    FaultyStore.feedCredentialsChain();
    try (FaultyStore gate = new FaultyStore(folder);
        Store store =
            Store.open(StoreFixture.settings(gate.endpoint(), true, UploadSettings.DEFAULT), 1)) {
      gate.answer(request -> kept(request, put, put));
      assertThat(store.bucket().mayHold("judgments/a.pdf", 5, put)).isTrue();
      assertThat(store.bucket().mayHold("judgments/a.pdf", 6, put)).isFalse();
      assertThat(store.bucket().mayHold("judgments/a.pdf", 5, "cd".repeat(32))).isFalse();

      gate.answer(request -> FaultyStore.http(404, ""));
      assertThat(store.bucket().mayHold("judgments/a.pdf", 5, put)).isFalse();
      gate.answer(request -> FaultyStore.http(403, ""));
      assertThat(store.bucket().mayHold("judgments/a.pdf", 5, put)).isTrue();
    }
  }

  /** Answers a HEAD without a body, and a GET with the end of a PDF. */
  private static String kept(String request, String put, String has) {
    String answer =
        FaultyStore.http(
            200,
            "%%EOF",
            "ETag: \"e\"",
            "x-amz-meta-sha256: " + put,
            "x-amz-checksum-sha256: " + StoreHeaders.base64(has));
    return request.startsWith("HEAD") ? answer.replace("\r\n\r\n%%EOF", "\r\n\r\n") : answer;
  }

  @Test
  void aMissingBucketIsCreatedIfThatIsAllowed() throws Exception {
    try (StoreFixture store = StoreFixture.withoutBucket(folder, true)) {
      store.store.bucket().ensure();
      store.store.bucket().ensure();

      assertThatCode(() -> store.s3.headBucket(head -> head.bucket("judgments-test")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aBucketThatAnotherInstanceIsCreatingIsWaitedFor() throws Exception {
    FaultyStore.feedCredentialsChain();
    String busy =
        "<Error><Code>OperationAborted</Code><Message>A conflicting operation</Message></Error>";
    try (FaultyStore gate = new FaultyStore(folder);
        Store store =
            Store.open(StoreFixture.settings(gate.endpoint(), true, UploadSettings.DEFAULT), 1)) {
      gate.answer(request -> request.startsWith("PUT") ? FaultyStore.http(409, busy) : null);

      StoreException taken =
          catchThrowableOfType(StoreException.class, () -> store.bucket().ensure());

      assertThat(taken.kind()).isEqualTo(Kind.AWAY);
    }
  }

  @Test
  void aMissingBucketIsNamedInOneLineWithWhatWouldBeRight() throws Exception {
    try (StoreFixture store = StoreFixture.withoutBucket(folder, false)) {
      StoreException missing =
          catchThrowableOfType(StoreException.class, () -> store.store.bucket().ensure());

      assertThat(missing.kind()).isEqualTo(Kind.REFUSED);
      assertThat(missing)
          .hasMessageContainingAll("s3.bucket", "\"judgments-test\"", "expected")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void requireCreatesNothingEvenIfThatIsAllowed() throws Exception {
    try (StoreFixture store = StoreFixture.withoutBucket(folder, true)) {
      assertThat(catchThrowableOfType(StoreException.class, () -> store.store.bucket().require()))
          .isNotNull();
      assertThat(store.s3.listBuckets().buckets()).isEmpty();
    }
  }

  @Test
  void wrongCredentialsAreNoReasonToWait() throws Exception {
    try (StoreFixture store = StoreFixture.withBucket(folder)) {
      StoreException refused = refusal(store.settings, anyone());

      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContainingAll("s3.bucket", "403", "credentials");
    }
  }

  @Test
  void missingCredentialsAreReported() {
    System.clearProperty("aws.accessKeyId"); // an earlier test may have left them
    System.clearProperty("aws.secretAccessKey");
    StoreException none =
        refusal(
            StoreFixture.settings(URI.create("http://127.0.0.1:1"), false),
            SystemPropertyCredentialsProvider.create());

    assertThat(none.kind()).isEqualTo(Kind.REFUSED);
    assertThat(none).hasMessageContaining("AWS_ACCESS_KEY_ID");
  }

  @Test
  void aStoreThatDoesNotAnswerIsDown() throws Exception {
    StoreException away =
        refusal(
            StoreFixture.settings(URI.create("http://127.0.0.1:" + Ports.free()), false), anyone());

    assertThat(away.kind()).isEqualTo(Kind.AWAY);
  }

  /** Over a connection like the program's, because stores differ in what they refuse. */
  @Test
  void aBucketThatAcceptsNothingIsDistinguishedFromOneThatDoes() throws Exception {
    FaultyStore.feedCredentialsChain();
    try (FaultyStore gate = new FaultyStore(folder);
        Store store = Store.open(StoreFixture.settings(gate.endpoint(), true), 1)) {
      store.bucket().ensure();
      assertThat(store.bucket().takesObjects()).as("there is nothing to try it with").isFalse();

      String sha256 = Digests.sha256("x".getBytes(StandardCharsets.US_ASCII));
      ((S3Client) store.camelClient())
          .putObject(
              put ->
                  put.bucket("judgments-test")
                      .key("judgments/a.pdf")
                      .contentType("application/pdf")
                      .metadata(Map.of("sha256", sha256)),
              RequestBody.fromString("x"));
      List<StoredObject> before = objects(store);
      assertThat(store.bucket().takesObjects()).isTrue();
      assertThat(objects(store))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("modified")
          .isEqualTo(before);

      gate.answer(
          request ->
              request.startsWith("PUT")
                  ? FaultyStore.http(
                      403, "<Error><Code>QuotaExceeded</Code><Message>full</Message></Error>")
                  : null);
      assertThat(catchThrowableOfType(StoreException.class, () -> store.bucket().takesObjects()))
          .hasMessageContaining("403 QuotaExceeded: full");
    }
  }

  @Test
  void aDocumentThatIsUploadedAgainKeepsItsHeaders() throws Exception {
    FaultyStore.feedCredentialsChain();
    UploadSettings uploads = new UploadSettings(Checksum.SHA256, "AES256", null, "STANDARD_IA");
    try (FaultyStore gate = new FaultyStore(folder);
        Store plain = Store.open(StoreFixture.settings(gate.endpoint(), true), 1);
        Store store = Store.open(StoreFixture.settings(gate.endpoint(), true, uploads), 1)) {
      plain.bucket().ensure();
      String sha256 = Digests.sha256("x".getBytes(StandardCharsets.US_ASCII));
      ((S3Client) plain.camelClient())
          .putObject(
              put ->
                  put.bucket("judgments-test")
                      .key("judgments/a.pdf")
                      .contentType("application/pdf")
                      .metadata(Map.of("sha256", sha256, "cnr", "X1", "court", "Caf%C3%A9")),
              RequestBody.fromString("x"));
      gate.answer(
          request -> request.startsWith("PUT") ? FaultyStore.http(200, "", "ETag: \"1\"") : null);

      assertThat(store.bucket().takesObjects()).isTrue();

      assertThat(gate.heads().stream().filter(head -> head.startsWith("PUT")).reduce((a, b) -> b))
          .hasValueSatisfying(
              put ->
                  assertThat(
                          List.of(
                              "Content-Type: application/pdf",
                              "x-amz-meta-sha256: " + sha256,
                              "x-amz-meta-cnr: X1",
                              "x-amz-meta-court: Caf%C3%A9",
                              "x-amz-server-side-encryption: AES256",
                              "x-amz-storage-class: STANDARD_IA"))
                      .allMatch(header -> FaultyStore.has(put, header)));
    }
  }

  private static List<StoredObject> objects(Store store) {
    List<StoredObject> objects = new ArrayList<>();
    store.bucket().documents().forEach(objects::add);
    return objects;
  }
}
