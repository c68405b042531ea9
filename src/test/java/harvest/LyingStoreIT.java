package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.FaultyStore;
import testing.LocalCommand;

/** Answers under status 200 that are not the store's, as seen from outside. */
class LyingStoreIT {
  private static final String PAGE = "<html><body>Please <b>log in</b></body></html>";
  private static final String HTML = "Content-Type: text/html";
  private static final String XML = "Content-Type: application/xml";
  private static final String ETAG = "ETag: \"1\"";
  private static final String ERROR =
      "<?xml version=\"1.0\"?><Error><Code>InternalError</Code><Message>no</Message></Error>";

  @TempDir private static Path shared;

  /** Done before; an audit changes nothing. */
  private static Harvest done;

  @TempDir private Path folder;

  @BeforeAll
  static void harvestOnce() throws Exception {
    done = new Harvest(shared, 6, 3);
    done.runToTheEnd();
  }

  @AfterEach
  void healTheStore() {
    done.store.heal();
  }

  @AfterAll
  static void close() throws Exception {
    done.close();
  }

  static Stream<Arguments> lies() {
    String other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    return Stream.of(
        Arguments.of("a login page", http(200, PAGE, HTML)),
        Arguments.of("an error", http(200, ERROR, XML, ETAG)),
        Arguments.of("no ETag", http(200, "")),
        Arguments.of("another checksum", http(200, "", ETAG, "x-amz-checksum-sha256: " + other)),
        Arguments.of("another CRC", http(200, "", ETAG, "x-amz-checksum-crc32: AAAAAA==")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void everyDocumentAndManifestIsStoredThoughTheStoreLiedAtEveryFirstUpload(String name, String lie)
      throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      Set<String> lied = ConcurrentHashMap.newKeySet();
      Predicate<String> first = request -> request.contains("bucket/") && lied.add(request);
      harvest.store.answer(
          request -> request.startsWith("PUT") && first.test(request) ? lie : null);
      harvest.runToTheEnd();

      assertThat(lied).hasSize(23);
      assertThat(harvest.store.objects("judgments")).hasSize(20);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  private static String list(String rest) {
    return http(200, "<ListBucketResult>" + rest + "</ListBucketResult>", XML);
  }

  static Stream<Arguments> badAnswers() {
    Predicate<String> list = request -> request.contains("list-type=2");
    Predicate<String> documents = list.and(request -> request.contains("prefix=judgments"));
    Predicate<String> object = request -> request.startsWith("GET") && request.endsWith(".jsonl");
    return Stream.of(
        Arguments.of("a login page for a list", list, http(200, PAGE, HTML)),
        Arguments.of("for the documents alone", documents, http(200, PAGE, HTML)),
        Arguments.of("with the type of a list", documents, http(200, PAGE, XML)),
        Arguments.of("an error for a list", documents, http(200, ERROR, XML)),
        Arguments.of("nothing for a list", documents, http(200, "", XML)),
        Arguments.of("another XML", documents, http(200, "<ListBucketResultX/>", XML)),
        Arguments.of("half a list", documents, http(200, "<ListBucketResult><Contents>", XML)),
        Arguments.of(
            "a list cut off without token", documents, list("<IsTruncated>true</IsTruncated>")),
        Arguments.of(
            "a list cut off with the same token for ever",
            documents,
            list(
                "<IsTruncated>true</IsTruncated>"
                    + "<NextContinuationToken>a</NextContinuationToken>")),
        Arguments.of("a login page for a manifest", object, http(200, PAGE, HTML, ETAG)),
        Arguments.of("a manifest without ETag", object, http(200, PAGE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badAnswers")
  void theAuditCannotRunOnAnswersThatAreNotTheStores(
      String name, Predicate<String> request, String answer) throws Exception {
    done.store.answer(asked -> request.test(asked) ? answer : null);

    LocalCommand audit = done.command("audit", "--json");

    assertThat(audit.exitCode()).isEqualTo(2);
    assertThat(audit.stdout()).isEmpty();
    assertThat(audit.stderr()).hasLineCount(1);
    done.store.heal();
    assertThat(done.audit().path("exit").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aLoginPageForTheSizeOfAnObjectIsNotItsSize(String document) {
    String rest = "<Name>judgment-bucket</Name><IsTruncated>false</IsTruncated>";
    done.store.answer(
        request ->
            request.contains("prefix=judgments")
                ? list(rest)
                : request.startsWith("HEAD") && request.endsWith("/doc/" + document + ".pdf")
                    ? http(200, "", HTML, ETAG)
                    : null);

    assertThat(done.command("audit").exitCode()).isEqualTo(2);
  }

  @Test
  void aListInTwoPartsIsReadCompletely() throws Exception {
    try (Harvest harvest = new Harvest(folder, 6, 3)) {
      harvest.runToTheEnd();
      Path documents = folder.resolve("store").resolve(FaultyStore.BUCKET).resolve("judgments/doc");
      for (int i = 1; i <= 1_050; i++) {
        Files.createFile(documents.resolve("an-extra-" + i + ".pdf"));
      }

      JsonNode audit = harvest.audit();

      assertThat(audit.path("stored").asInt()).as("behind the others").isEqualTo(6);
      assertThat(audit.path("findings").path("extra").asInt()).isEqualTo(1_050);
    }
  }
}
