package cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.Main;
import audit.AuditReport;
import audit.Drift;
import audit.Finding;
import audit.Finding.Kind;
import audit.HashOptions;
import audit.Resumed;
import audit.Subset;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import demo.DemoStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import testing.Ports;

class AuditCommandIT {
  private static final List<String> CREDENTIALS = List.of("aws.accessKeyId", "aws.secretAccessKey");

  @TempDir private Path folder;
  private DemoStore store;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> before = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws IOException {
    for (String name : CREDENTIALS) {
      before.put(name, System.getProperty(name));
      System.clearProperty(name);
    }
    store = new DemoStore(folder.resolve("s3"), 0, "tester", "not-a-secret");
    environment.putAll(
        Map.of(
            "S3_ENDPOINT", store.endpoint().toString(),
            "S3_BUCKET", "judgments-test",
            "HARVEST_INSTANCES", "2",
            "HARVEST_SCRIPTS", "2",
            "HARVEST_PAGE_SIZE", "1",
            "HARVEST_PAGES", "2"));
    secret("not-a-secret");
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private void secret(String secret) throws IOException {
    Files.writeString(
        folder.resolve(".env"),
        "AWS_ACCESS_KEY_ID=tester%nAWS_SECRET_ACCESS_KEY=%s%n".formatted(secret));
  }

  private int run(String... args) {
    return Main.run(
        args,
        InputStream.nullInputStream(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        folder,
        environment,
        Pause.SLEEP);
  }

  private void put(String key, String text) {
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(store.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(store.accessKey(), store.secretKey())))
            .build()) {
      s3.createBucket(create -> create.bucket("judgments-test"));
      s3.putObject(
          put -> put.bucket("judgments-test").key(key),
          RequestBody.fromString(text, StandardCharsets.UTF_8));
    }
  }

  private void assertOneLineOnStderr(String... parts) {
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(parts);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void onlyThisInstancesPagesAreAuditedWithoutAll() throws IOException {
    put(
        "manifests/page-000001.jsonl",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"gone\"}\n");

    assertThat(run("audit")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("CLEAN: 1 pages, 1 rows, 0 stored, 1 not to be had (1 gone)")
        .contains("weaker proof");
    assertThat(run("audit", "--all")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void standardOutputContainsOnlyTheJson() throws IOException {
    put("manifests/page-000001.jsonl", "nonsense\n");

    assertThat(run("audit", "--json")).isEqualTo(1);

    JsonNode report = new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(report.path("clean").asBoolean(true)).isFalse();
    assertThat(report.path("findings").path("bad_manifest").asInt()).isEqualTo(1);
    assertThat(report.path("examples").path(0).path("page").asInt()).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aMissingBucketIsOneLine() {
    assertThat(run("audit")).isEqualTo(2);
    assertOneLineOnStderr("s3.bucket", "judgments-test", "expected");
  }

  @Test
  void anAuditNeverCreatesABucket() {
    environment.put("S3_CREATE_BUCKET", "true");

    assertThat(run("audit", "--json")).isEqualTo(2);

    assertThat(folder.resolve("s3/judgments-test")).doesNotExist();
    assertOneLineOnStderr("s3.bucket");
  }

  @Test
  void aStoreThatDoesNotAnswerIsOneLine() throws IOException {
    environment.put("S3_ENDPOINT", URI.create("http://127.0.0.1:" + Ports.free()).toString());

    assertThat(run("audit", "--json")).isEqualTo(2);
    assertOneLineOnStderr("does not answer");
  }

  @Test
  void wrongCredentialsAreOneLine() throws IOException {
    put("manifests/page-000001.jsonl", "");
    secret("wrong");

    assertThat(run("audit")).isEqualTo(2);
    assertOneLineOnStderr("403", "credentials");
  }

  @Test
  void theTextBeginsWithTheVerdictAndNamesWhatWasFound() {
    Map<Kind, Long> findings = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      findings.put(kind, 0L);
    }
    findings.put(Kind.MISSING, 1_234L);
    AuditReport report =
        new AuditReport(
            43_503,
            4_350_300,
            4_349_066,
            3,
            9,
            2,
            new TreeMap<>(Map.of("gone", 9L, "missing", 1_234L)),
            0,
            0,
            null,
            findings,
            List.of(new Finding(Kind.MISSING, 7, 3, "judgments/a.pdf", null)),
            new Drift(16_886_705L, 12, List.of("1-9", "12-14"), 3),
            true);

    assertThat(AuditText.of(report, HashOptions.NONE).lines())
        .containsExactly(
            "NOT CLEAN: 43,503 pages, 4,350,300 rows, 4,349,066 stored, 1,243 not to be had (9 gone, 1,234 missing)",
            "       1,234  missing",
            "  missing page 7 row 3 judgments/a.pdf",
            "documents stored with a defect, as the portal serves them: 2",
            "12 pages were read when the portal listed a different number of documents (now 16,886,705): 1-9, 12-14; a sweep lists them again",
            "documents listed on more than one page: 3");
  }

  @Test
  void theTextSaysWhatWasComparedBeforeAnInterruption() {
    AuditReport report =
        new AuditReport(
            1,
            100,
            100,
            0,
            0,
            0,
            Map.of(),
            100,
            0,
            new Resumed(60, "2026-01-02T03:04:05Z"),
            Map.of(),
            List.of(),
            new Drift(100L, 0, List.of(), 0),
            true);

    assertThat(
            AuditText.of(report, new HashOptions(HashOptions.Source.BYTES, Subset.ALL, null))
                .lines())
        .containsExactly(
            "CLEAN: 1 pages, 100 rows, 100 stored, 0 not to be had",
            "objects read again, and their SHA-256 compared: 100",
            "of these, compared before an interruption, and not written since: 60; it began at 2026-01-02T03:04:05Z");
  }
}
