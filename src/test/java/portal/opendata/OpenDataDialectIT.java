package portal.opendata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static portal.opendata.TestSource.PARTITION;
import static portal.opendata.TestSource.listed;
import static portal.opendata.TestSource.name;
import static portal.opendata.TestSource.names;
import static portal.opendata.TestSource.pdf;

import demo.opendata.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import model.Digests;
import model.FailureReason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.PortalException;
import portal.Row;
import testing.VirtualTicker;

/** Pages as slices of tars, with whatever is wrong with tars, indexes and metadata. */
class OpenDataDialectIT {
  private static final String TAR = "data/tar/" + PARTITION + "/p.tar";

  @TempDir Path folder;

  private final VirtualTicker ticker = new VirtualTicker();
  private TestSource source;

  @BeforeEach
  void open() throws IOException {
    source = new TestSource(folder, ticker);
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void readsATarOnceFromFrontToBack() {
    source.part("p.tar", names(1, 10));
    Dialect.Session session = source.session();
    List<String> read = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      Listing listing = session.list(page);
      assertThat(listing.total()).hasValue(10);
      listing.rows().forEach(row -> read.add(fetch(session, row)));
    }
    assertThat(read).containsExactly(names(1, 10));
    assertThat(requests(TAR)).containsExactly("GET " + TAR);
    assertThat(requests("data/pdf")).isEmpty();
  }

  @Test
  void aRepeatedMemberIsUsedOnceAndMembersThatTheIndexLacksAreIncluded() {
    source.part("p.tar", names(1, 6)); // two pages by the index
    source.tar(
        "p.tar",
        name(1),
        name(2),
        name(1),
        name(3),
        name(90),
        name(2),
        name(4),
        name(5),
        name(6),
        name(91),
        "README.txt");
    Dialect.Session session = source.session();
    assertThat(listed(session.list(1))).containsExactly(name(1), name(2), name(3), name(90));
    assertThat(listed(session.list(2))).containsExactly(name(4), name(5), name(6), name(91));
  }

  @Test
  void whatTheTarLacksIsOnTheLastPageAsObjects() {
    source.part("p.tar", names(1, 8));
    source.tar("p.tar", names(1, 5));
    source.object(name(6));
    Dialect.Session session = source.session();
    session.list(1);
    List<Row> rows = session.list(2).rows();
    assertThat(rows).extracting(TestSource::nameOf).containsExactly(names(5, 8));
    assertThat(fetch(session, rows.get(1))).isEqualTo(name(6));
    assertThat(rows.get(1).facts())
        .containsEntry("source_key", "data/pdf/%s/%s".formatted(PARTITION, name(6)));
    assertSettled(session, rows.get(2), FailureReason.GONE);
  }

  @Test
  void everyPageHasItsDocumentsHoweverMuchTheTarLacks() {
    source.part("p.tar", names(1, 11));
    source.tar("p.tar", name(7));
    Dialect.Session session = source.session();
    assertThat(listed(session.list(1))).containsExactly(name(7), name(1), name(2), name(3));
    assertThat(listed(session.list(2))).containsExactly(name(4), name(5), name(6), name(8));
    assertThat(listed(session.list(3))).containsExactly(names(9, 11));
  }

  @Test
  void continuesAfterARestartWhereThePageBegins() {
    source.part("p.tar", names(1, 12));
    Dialect.Session before = source.session();
    source.complete(1, before.list(1).rows());
    source.complete(2, before.list(2).rows());
    long whole = source.source.served(TAR);
    Dialect.Session after = source.session();
    assertThat(listed(after.list(3))).containsExactly(names(9, 12));
    assertThat(requests(TAR))
        .last()
        .asString()
        .endsWith("bytes=%d-".formatted(8 * 2560)); // eight members of five blocks
    assertThat(source.source.served(TAR) - whole).isLessThanOrEqualTo(4 * 2560 + 10240 + 4096);
  }

  @Test
  void aPageOfAnEarlierWalkIsNotReadAgain() {
    source.part("p.tar", names(1, 8));
    source.complete(1, source.session().list(1).rows());
    long before = source.source.served(TAR);
    Listing listing = source.session().list(1);
    assertThat(listed(listing)).containsExactly(names(1, 4));
    assertThat(source.source.served(TAR)).isEqualTo(before);
  }

  @Test
  void aPageWhoseManifestIsDamagedIsReadFromItsTarAgain() {
    source.part("p.tar", names(1, 8));
    Dialect.Session before = source.session();
    source.complete(1, before.list(1).rows().subList(0, 2));
    source.complete(2, before.list(1).rows());
    Dialect.Session session = source.session();
    assertThat(listed(session.listFromSource(1))).containsExactly(names(1, 4));
    source.complete(1, session.list(1).rows());
    Listing second = session.listFromSource(2);
    assertThat(listed(second)).containsExactly(names(5, 8));
    assertThat(fetch(session, second.rows().get(3))).isEqualTo(name(8));
  }

  @Test
  void aLostConnectionIsResumedAtTheMemberWhereItBroke() {
    source.part("p.tar", names(1, 8));
    int[] cuts = {3};
    source.source.cutAfter = request -> request.contains("p.tar") && cuts[0]-- > 0 ? 6_000 : -1;
    Dialect.Session session = source.session();
    List<String> read = new ArrayList<>();
    for (int page = 1; page <= 2; page++) {
      session.list(page).rows().forEach(row -> read.add(fetch(session, row)));
    }
    assertThat(read).containsExactly(names(1, 8));
  }

  @Test
  void aBrokenMemberIsReadAsAnObject() {
    source.part("p.tar", name(1), name(2), name(3), name(4));
    source.source.put(
        TAR,
        new TarWriter(TarWriter.Format.USTAR)
            .add(name(1), "%PDF- without end".getBytes(UTF_8))
            .add(name(2), "<html>".getBytes(UTF_8))
            .add(name(3), new byte[0])
            .add(name(4), pdf(name(4)))
            .toBytes());
    source.object(name(1));
    source.source.put("data/pdf/%s/%s".formatted(PARTITION, name(2)), "%PDF- cut");
    Dialect.Session session = source.session();
    List<Row> rows = session.list(1).rows();
    assertThat(fetch(session, rows.get(0))).isEqualTo(name(1));
    assertSettled(session, rows.get(1), FailureReason.TRUNCATED);
    assertSettled(session, rows.get(2), FailureReason.EMPTY);
    assertThat(fetch(session, rows.get(3))).isEqualTo(name(4));
  }

  @Test
  void aTarThatEndsWithinAMemberLosesNothingThatIsAnObject() {
    source.part("p.tar", names(1, 4));
    source.source.put(
        TAR,
        Arrays.copyOf(
            new TarWriter(TarWriter.Format.USTAR)
                .add(name(1), pdf(name(1)))
                .add(name(2), pdf(name(2)))
                .toBytes(),
            3_500));
    for (String name : names(2, 3)) {
      source.object(name);
    }
    Dialect.Session session = source.session();
    List<Row> rows = session.list(1).rows();
    assertThat(rows).extracting(TestSource::nameOf).containsExactly(names(1, 4));
    assertThat(rows.subList(0, 3))
        .extracting(row -> fetch(session, row))
        .containsExactly(names(1, 3));
    assertSettled(session, rows.get(3), FailureReason.GONE);
  }

  @Test
  void membersThatDoNotFitIntoTheSpoolAreReadFromTheTarAgain() {
    source.part("p.tar", names(1, 4));
    Path other = source.newFile();
    assertThat(source.room.tryKeep(other, (1 << 20) - 3_500)).isTrue();
    Dialect.Session session = source.session();
    List<Row> rows = session.list(1).rows();
    source.room.free(other);
    assertThat(rows).extracting(row -> fetch(session, row)).containsExactly(names(1, 4));
    assertThat(requests(TAR)).hasSize(3);
  }

  @Test
  void fetchesADocumentAgainFromItsPlace() {
    source.part("p.tar", names(1, 4));
    Dialect.Session session = source.session();
    Row row = session.list(1).rows().get(2);
    assertThat(fetch(session, row)).isEqualTo(name(3));
    assertThat(fetch(session, row)).isEqualTo(name(3)); // the store was down
    assertThat(listed(session.list(1))).containsExactly(names(1, 4));
    assertThat(requests(TAR)).last().isEqualTo("HEAD " + TAR); // it only had to answer
  }

  @Test
  void rowsComeFromTheMetadata() throws IOException {
    source.part("p.tar", names(1, 4));
    source.metadata(names(1, 2));
    source.source.put(
        "metadata/json/%s/%s".formatted(PARTITION, name(3).replace(".pdf", ".json")),
        TestSource.json(name(3), "<div ".repeat(20_000) + "<script>alert(1)</script>"));
    List<Row> rows = source.session().list(1).rows();
    assertThat(rows.get(0).id()).isEqualTo("court/cnrorders/x/orders/" + name(1));
    assertThat(rows.get(0).url())
        .isEqualTo(
            "https://judgments.ecourts.gov.in/pdfsearch/court/cnrorders/x/orders/" + name(1));
    assertThat(rows.get(0).facts())
        .containsEntry("title", "Case of " + name(1))
        .containsEntry("cnr", "HCBM010000012023")
        .containsEntry("court", "Bombay")
        .containsEntry("decision_date", "2023-01-02")
        .containsEntry("source", "opendata")
        .containsEntry("source_key", TAR + "#" + name(1))
        .containsEntry("source_offset", "0")
        .containsKey("source_etag");
    assertThat(rows.get(1).facts()).containsEntry("title", "Case of " + name(2));
    assertThat(rows.get(2).id()).isEqualTo("court/cnrorders/x/orders/" + name(3));
    assertThat(rows.get(3).id())
        .isEqualTo("_opendata/data/pdf/%s/%s".formatted(PARTITION, name(4)));
    assertThat(rows.get(3).url())
        .isEqualTo(
            "%s/open-data/data/pdf/%s/%s".formatted(source.source.endpoint(), PARTITION, name(4)));
  }

  @Test
  void namesThatNoTarHasAreObjectsAndRowsWithoutAButtonAreWithheld() throws IOException {
    source.plan.add(new Slice(PARTITION, "", "", 1, 1, List.of(names(1, 3))));
    source.metadata(name(1));
    source.source.put(
        "metadata/json/%s/%s".formatted(PARTITION, name(2).replace(".pdf", ".json")),
        "{\"raw_html\":\"<font size='3'>A v B</font><strong class='caseDetailsTD'>CNR : HCBM010000022023 | Decision Date : 02-01-2023</strong>\",\"pdf_link\":\"\"}");
    source.object(name(1));
    Dialect.Session session = source.session();
    List<Row> rows = session.list(1).rows();
    assertThat(fetch(session, rows.get(0))).isEqualTo(name(1));
    assertThat(rows.get(1).rejection()).isEqualTo(FailureReason.WITHHELD);
    assertSettled(session, rows.get(2), FailureReason.GONE);
  }

  @Test
  void aForbiddenDocumentIsGoneWhileTheBucketAnswers() {
    source.plan.add(new Slice(PARTITION, "", "", 1, 1, List.of(name(1))));
    Dialect.Session session = source.session();
    Row row = session.list(1).rows().get(0);
    source.source.put("data/tar/year=1950/court=1_1/bench=a/p.tar", "any");
    source.source.statusOf = request -> request.contains("data/pdf") ? 403 : 0;
    assertSettled(session, row, FailureReason.GONE);
    source.source.statusOf = request -> 403;
    assertForbidden(() -> fetch(session, row));
  }

  private static void assertForbidden(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PortalException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(FailureReason.http(403));
              assertThat(e.isSettled()).isFalse();
            });
  }

  /** As for credentials that may list, but not read. */
  private static int onlyLists(String request) {
    return request.equals("GET ") ? 0 : 403;
  }

  @Test
  void aBucketThatListsItsObjectsButServesNoneLacksNone() {
    source.plan.add(new Slice(PARTITION, "", "", 1, 1, List.of(name(1))));
    source.tar("p.tar", name(1));
    Dialect.Session session = source.session();
    Row row = session.list(1).rows().get(0);
    source.source.statusOf = OpenDataDialectIT::onlyLists;
    assertForbidden(() -> fetch(session, row));
  }

  @Test
  void metadataThatTheBucketRefusesWithEverythingElseAreNotMissing() {
    source.plan.add(new Slice(PARTITION, "", "", 1, 1, List.of(name(1))));
    source.tar("p.tar", name(1));
    Dialect.Session session = source.session();
    source.source.statusOf = OpenDataDialectIT::onlyLists;
    assertForbidden(() -> session.list(1));
    source.source.statusOf = request -> request.contains("metadata/json") ? 403 : 0;
    assertThat(session.list(1).rows().get(0).id()).startsWith("_opendata/");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 410})
  void aPartThatTheBucketLacksIsReadAsObjectsHoweverItSaysSo(int status) throws IOException {
    source.part("p.tar", names(1, 3));
    source.metadata(names(1, 3));
    source.object(name(1));
    source.source.put("data/tar/year=1950/court=1_1/bench=a/p.tar", "any");
    source.source.statusOf =
        request -> request.endsWith(TAR) || request.contains("metadata/tar/year") ? status : 0;
    Dialect.Session session = source.session();
    List<Row> rows = session.list(1).rows();
    assertThat(rows).extracting(TestSource::nameOf).containsExactly(names(1, 3));
    assertThat(fetch(session, rows.get(0))).isEqualTo(name(1));
    assertSettled(session, rows.get(1), FailureReason.GONE);
  }

  @Test
  void inObjectModeTheTarIsReadForDocumentsThatOnlyItHas() {
    source.part("p.tar", names(1, 6));
    for (String name : names(2, 6)) {
      source.object(name);
    }
    Dialect.Session session = source.session(Map.of("SOURCE_READ", "object"));
    List<Row> rows = session.list(1).rows();
    assertThat(rows).extracting(TestSource::nameOf).containsExactly(names(1, 4));
    assertThat(fetch(session, rows.get(1))).isEqualTo(name(2));
    assertThat(requests(TAR)).isEmpty();
    assertThat(fetch(session, rows.get(0))).isEqualTo(name(1));
    assertThat(listed(session.list(2))).containsExactly(names(5, 6));
  }

  @Test
  void inObjectModeATarThatNoIndexNamesIsReadAsATar() {
    source.tar("p.tar", names(1, 3));
    source.plan("p.tar", 3);
    Dialect.Session session = source.session(Map.of("SOURCE_READ", "object"));
    List<Row> rows = session.list(1).rows();
    assertThat(rows).extracting(row -> fetch(session, row)).containsExactly(names(1, 3));
  }

  @Test
  void inObjectModeMembersThatNoIndexNamesComeFromTheTarOnTheLastPage() {
    source.part("p.tar", names(1, 5));
    source.tar("p.tar", name(90), name(1), name(2), name(3), name(4), name(5), name(91));
    for (String name : names(1, 5)) {
      source.object(name);
    }
    Dialect.Session session = source.session(Map.of("SOURCE_READ", "object"));
    assertThat(listed(session.list(1))).containsExactly(names(1, 4));
    assertThat(requests(TAR)).isEmpty();
    List<Row> rows = session.list(2).rows();
    assertThat(rows)
        .extracting(row -> fetch(session, row))
        .containsExactly(name(5), name(90), name(91));
    assertThat(rows.get(1).facts()).containsEntry("source_key", TAR + "#" + name(90));
    assertThat(requests(TAR)).hasSize(1);
  }

  @Test
  void inObjectModeAnUnindexedTarIsContinuedAfterARestart() {
    source.tar("p.tar", names(1, 10));
    source.plan("p.tar", 10);
    Map<String, String> objects = Map.of("SOURCE_READ", "object");
    source.complete(1, source.session(objects).list(1).rows());
    Dialect.Session after = source.session(objects);
    assertThat(listed(after.list(2))).containsExactly(names(5, 8));
    assertThat(listed(after.list(3))).containsExactly(names(9, 10));
    assertThat(requests(TAR)).last().asString().endsWith("bytes=%d-".formatted(4 * 2560));
  }

  @Test
  void inObjectModeAPartThatIsLostWithItsNamesIsReadAsTheObjectsThatNoPartNames() {
    source.part("p.tar", names(1, 5));
    source.index.remove("p.tar");
    source.source.delete(TAR);
    for (String name : names(1, 5)) {
      source.object(name);
    }
    Dialect.Session session = source.session(Map.of("SOURCE_READ", "object"));
    assertThat(listed(session.list(1))).containsExactly(names(1, 4));
    assertThat(listed(session.list(2))).containsExactly(name(5));
  }

  @Test
  void inObjectModeAMissingTarDoesNotAffectTheIndexedPages() {
    source.part("p.tar", names(1, 5));
    source.source.delete(TAR);
    source.tar("new.tar", names(6, 9));
    source.index.put("new.tar", List.of(names(6, 9)));
    for (String name : names(1, 5)) {
      source.object(name);
    }
    Dialect.Session session = source.session(Map.of("SOURCE_READ", "object"));
    session.list(1);
    assertThat(listed(session.list(2))).containsExactly(name(5));
  }

  @Test
  void aSourceThatAsksToSlowDownIsRetriedAfterThePauseAndCostsNoDocument() {
    source.part("p.tar", names(1, 4));
    int[] refused = {4}; // the client itself asks three times
    source.source.statusOf = request -> request.contains("p.tar") && refused[0]-- > 0 ? 503 : 0;
    assertThat(listed(source.session().list(1))).containsExactly(names(1, 4));
    assertThat(source.pauses).singleElement().asString().contains("503 SlowDown");
  }

  private void assertSettled(Dialect.Session session, Row row, FailureReason reason) {
    assertThatThrownBy(() -> session.fetch(row, source.newFile()))
        .isInstanceOfSatisfying(
            PortalException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.failure().isSettled()).isTrue();
            });
  }

  /** The name that the bytes of a document hold. */
  private String fetch(Dialect.Session session, Row row) {
    Path file = source.newFile();
    Download download = session.fetch(row, file);
    try {
      byte[] bytes = Files.readAllBytes(file);
      assertThat(download.sha256()).isEqualTo(Digests.sha256(bytes));
      source.room.free(file);
      return new String(bytes, UTF_8).lines().skip(1).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> requests(String key) {
    return source.source.requests().stream().filter(each -> each.contains(key)).toList();
  }
}
