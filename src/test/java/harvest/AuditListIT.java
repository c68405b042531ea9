package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalCommand;

/** A list of the bucket that is invalid or endless never leads to a verdict. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditListIT {
  private static final String OBJECT =
      "<Contents><Key>judgments/a.pdf</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified>"
          + "<ETag>&quot;1&quot;</ETag><Size>1</Size></Contents>";

  private static Harvest harvest;

  @BeforeAll
  static void harvestAll(@TempDir Path folder) throws Exception {
    harvest = new Harvest(folder, 4, 2);
    harvest.runToTheEnd();
    assertThat(harvest.audit().path("exit").asInt()).isZero();
  }

  @AfterAll
  static void end() throws Exception {
    harvest.close();
  }

  /** Answers lists of documents with this XML. */
  private static void assertNoVerdict(Function<String, String> list, String... words) {
    harvest.store.answer(
        request ->
            request.contains("list-type=2") && request.contains("prefix=judgments")
                ? list.apply(request)
                : null);
    for (String option : new String[] {"--json", "--all"}) {
      LocalCommand audit = harvest.command("audit", option);
      assertThat(audit.exitCode()).as(audit.stdout() + audit.stderr()).isEqualTo(2);
      assertThat(audit.stdout()).isEmpty();
      assertThat(audit.stderr().lines()).hasSize(1);
      assertThat(audit.stderr()).startsWith("the audit was aborted: the store ");
      List.of(words).forEach(word -> assertThat(audit.stderr()).contains(word));
    }
    harvest.store.heal();
  }

  private static String list(String content) {
    return http(
        200,
        "<?xml version=\"1.0\"?><ListBucketResult>" + content + "</ListBucketResult>",
        "Content-Type: application/xml");
  }

  /** XML cannot represent it, so S3 sends what no XML parser accepts, unless asked to encode it. */
  @Test
  void aForeignKeyWithACharacterThatXmlForbidsIsAnExtra() throws Exception {
    harvest.store.answer(
        request ->
            request.contains("list-type=2") && request.contains("prefix=judgments")
                ? list(
                    request.contains("encoding-type=url")
                        ? "<EncodingType>url</EncodingType>"
                            + OBJECT.replace("a.pdf", "a%01b+c%2Bd%2525.pdf")
                        : OBJECT.replace("a.pdf", "a&#x1;b c+d%25.pdf"))
                : null);
    JsonNode report = harvest.audit();
    harvest.store.heal();
    assertThat(report.path("findings").path("extra").asInt()).isEqualTo(1);
    assertThat(report.path("examples").findValuesAsText("key"))
        .contains("judgments/a\u0001b c+d%25.pdf");
  }

  @Test
  void aListCutOffWithoutATokenIsInvalid() {
    assertNoVerdict(all -> list("<IsTruncated>true</IsTruncated>" + OBJECT), "cut off");
  }

  @Test
  void aListThatRepeatsATokenIsInvalid() {
    assertNoVerdict(
        all ->
            list(
                "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
                    + OBJECT.replace("a.pdf", System.nanoTime() + ".pdf")),
        "cut off");
  }

  @Test
  void aListThatRepeatsItselfUnderNewTokensIsInvalid() {
    AtomicInteger token = new AtomicInteger();
    assertNoVerdict(
        all ->
            list(
                "<IsTruncated>true</IsTruncated><NextContinuationToken>t%d</NextContinuationToken>"
                        .formatted(token.incrementAndGet())
                    + OBJECT),
        "repeats itself");
  }

  @Test
  void aListOfEndlessEmptyPagesIsInvalid() {
    AtomicInteger token = new AtomicInteger();
    assertNoVerdict(
        all ->
            list(
                "<IsTruncated>true</IsTruncated><NextContinuationToken>t%d</NextContinuationToken>"
                    .formatted(token.incrementAndGet())),
        "repeats itself");
  }

  @Test
  void aListWithoutSizesIsInvalid() {
    assertNoVerdict(all -> list(OBJECT.replaceAll("<Size>.*</Size>", "")), "no size");
  }

  @Test
  void truncatedXmlIsNotAList() {
    assertNoVerdict(
        all ->
            http(
                200, "<?xml version=\"1.0\"?><ListBucketResult>" + OBJECT + "<Contents><Key>judg"));
  }

  @Test
  void anInterruptedResponseIsNotAList() {
    assertNoVerdict(
        all -> list(OBJECT).replaceFirst("Content-Length: \\d+", "Content-Length: 100000"));
  }

  @Test
  void aWebPageIsNotAList() {
    assertNoVerdict(
        all -> http(200, "<html><body>Log in</body></html>", "Content-Type: text/html"));
  }

  @Test
  void anErrorWithAStatusOfSuccessIsNotAList() {
    assertNoVerdict(
        all ->
            http(
                200,
                "<?xml version=\"1.0\"?><Error><Code>InternalError</Code><Message>try later</Message></Error>",
                "Content-Type: application/xml"),
        "try later");
  }

  @Test
  void anEmptyResponseIsNotAList() {
    assertNoVerdict(all -> http(200, "", "Content-Type: application/xml"));
  }
}
