package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.opendata.OpenDataBucket;
import demo.opendata.SourceDefect;
import demo.opendata.SourceDocument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import testing.Fault;
import testing.FaultyStore;
import testing.LocalInstance;
import testing.OtherStore;

/** A whole harvest and its audit with S3 implementations other than the demo's. */
class OtherStoresIT {
  @TempDir private static Path shared;
  private static Map<String, OtherStore> stores;

  @TempDir private Path folder;

  @BeforeAll
  static void startStores() throws IOException {
    stores =
        Map.of(
            "Adobe S3Mock", OtherStore.s3Mock(shared.resolve("s3mock")),
            "OpenStack Swift", OtherStore.swift(shared.resolve("swift")));
  }

  @AfterAll
  static void stopStores() throws InterruptedException {
    for (OtherStore store : stores.values()) {
      store.close();
    }
  }

  private Harvest harvest(String store, String bucket) throws IOException {
    Harvest harvest =
        new Harvest(folder, 21, 10)
            .set("S3_ENDPOINT", stores.get(store).endpoint().toString())
            .set("S3_BUCKET", bucket);
    harvest.portal.fault(
        "/list/3",
        Fault.html(
            "<p id=total>21 results</p><table>"
                + "<tr><th>CNR<th>Court<th>Decision date<th>Document</tr>"
                + "<tr><td>X1<td>High Court, Café<td>02-01-2024<td><a href=/doc/21.pdf>A</a></tr>"
                + "</table>"));
    return harvest;
  }

  private static S3Client client(String store) {
    URI endpoint = stores.get(store).endpoint();
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .build();
  }

  private static void runUntilClean(Harvest harvest) throws IOException {
    try (LocalInstance run = harvest.run()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> harvest.command("audit").exitCode() == 0);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "Adobe S3Mock, sha256", "Adobe S3Mock, md5", "Adobe S3Mock, none",
    "OpenStack Swift, sha256", "OpenStack Swift, md5", "OpenStack Swift, none"
  })
  void everyDocumentIsStoredWithItsMetadataAndTheAuditFindsWhatIsMissing(
      String store, String checksum) throws Exception {
    String bucket = "judgments-" + checksum;
    try (Harvest harvest = harvest(store, bucket);
        S3Client s3 = client(store)) {
      harvest.set("S3_CHECKSUM", checksum);
      runUntilClean(harvest);

      for (S3Object object :
          s3.listObjectsV2(list -> list.bucket(bucket).prefix("judgments/")).contents()) {
        String path = object.key().substring("judgments".length());
        assertThat(s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key())).asByteArray())
            .isEqualTo(harvest.portal.bytesOf(path));
      }
      HeadObjectResponse first = s3.headObject(h -> h.bucket(bucket).key("judgments/doc/21.pdf"));
      Map<String, String> metadata = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      metadata.putAll(first.metadata()); // Swift capitalises the names
      assertThat(metadata)
          .containsEntry("cnr", "X1")
          .containsEntry("court", "High%20Court%2C%20Caf%C3%A9")
          .containsEntry("decision-date", "2024-01-02")
          .containsKey("sha256");

      s3.deleteObject(delete -> delete.bucket(bucket).key("judgments/doc/21.pdf"));
      String stranger = "judgments/x y+z%3F%25\u00e9.pdf";
      s3.copyObject(
          copy ->
              copy.sourceBucket(bucket)
                  .sourceKey("judgments/doc/20.pdf")
                  .destinationBucket(bucket)
                  .destinationKey(stranger));
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isEqualTo(1);
      assertThat(audit.path("findings").path("missing").asInt()).isEqualTo(1);
      assertThat(audit.path("findings").path("extra").asInt()).isEqualTo(1);
      assertThat(audit.path("examples").findValuesAsText("key"))
          .containsExactlyInAnyOrder("judgments/doc/21.pdf", stranger);
    }
  }

  @Test
  void openDataCanComeFromAnotherStore() throws Exception {
    FaultyStore.feedCredentialsChain();
    OpenDataBucket source = new OpenDataBucket(7, 200, 12, SourceDefect.all());
    try (Harvest harvest = new Harvest(folder, 200, 10);
        S3Client s3 = client("Adobe S3Mock")) {
      s3.createBucket(create -> create.bucket(OpenDataBucket.NAME));
      source.write(
          (key, bytes) ->
              s3.putObject(
                  put -> put.bucket(OpenDataBucket.NAME).key(key), RequestBody.fromBytes(bytes)));
      harvest
          .set("PORTAL_TYPE", "opendata")
          .set("PORTAL_URL", "")
          .set("PORTAL_TOTAL_SELECTOR", "")
          .set("HARVEST_PAGES", "")
          .set("SOURCE_ENDPOINT", stores.get("Adobe S3Mock").endpoint().toString())
          .set("SOURCE_BUCKET", OpenDataBucket.NAME)
          .runUntilComplete();

      assertThat(harvest.store.objects("judgments"))
          .hasSameSizeAs(
              source.documents().stream()
                  .filter(document -> document.whole().isPresent())
                  .map(SourceDocument::id)
                  .distinct()
                  .toList());
      assertThat(harvest.audit().path("clean").asBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"Adobe S3Mock", "OpenStack Swift"})
  void aMissingBucketEndsAnAuditWithOneLine(String store) throws Exception {
    try (Harvest harvest = harvest(store, "nowhere").set("S3_CREATE_BUCKET", "false")) {
      assertThat(harvest.command("audit"))
          .satisfies(
              audit -> {
                assertThat(audit.exitCode()).isEqualTo(2);
                assertThat(audit.stderr()).contains("does not exist").hasLineCount(1);
              });
    }
  }

  @Test
  void aRealStoreEncryptsEveryDocumentAndManifestAndKeepsTheStorageClassOfDocuments()
      throws Exception {
    String bucket = "judgments-encrypted";
    try (Harvest harvest = harvest("Adobe S3Mock", bucket);
        S3Client s3 = client("Adobe S3Mock")) {
      harvest
          .set("S3_SSE", "aws:kms")
          .set("S3_SSE_KMS_KEY_ID", OtherStore.KMS_KEY)
          .set("S3_STORAGE_CLASS", "STANDARD_IA");
      runUntilClean(harvest);

      HeadObjectResponse document =
          s3.headObject(h -> h.bucket(bucket).key("judgments/doc/21.pdf"));
      HeadObjectResponse manifest =
          s3.headObject(h -> h.bucket(bucket).key("manifests/page-000001.jsonl"));
      assertThat(document.storageClassAsString()).isEqualTo("STANDARD_IA");
      assertThat(manifest.storageClassAsString()).isIn(null, "STANDARD");
      for (HeadObjectResponse object : new HeadObjectResponse[] {document, manifest}) {
        assertThat(object.serverSideEncryptionAsString()).isEqualTo("aws:kms");
        assertThat(object.ssekmsKeyId()).isEqualTo(OtherStore.KMS_KEY);
      }
    }
  }
}
