package demo.opendata;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import demo.ecourts.EcourtsJudgment;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDataBucketIT {
  private static final OpenDataBucket BUCKET = new OpenDataBucket(7, 300, 12, SourceDefect.all());
  private static final Map<String, byte[]> FILES = files(BUCKET);

  private static Map<String, byte[]> files(OpenDataBucket bucket) {
    Map<String, byte[]> files = new TreeMap<>();
    bucket.write(files::put);
    return files;
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    Map<String, byte[]> again = files(new OpenDataBucket(7, 300, 12, SourceDefect.all()));

    assertThat(again.keySet()).isEqualTo(FILES.keySet());
    again.forEach((key, bytes) -> assertThat(Arrays.equals(bytes, FILES.get(key))).isTrue());
  }

  @Test
  void everyDefectOfADocumentOccurs() {
    Set<SourceDefect> found =
        BUCKET.documents().stream()
            .filter(document -> document.defect() != null)
            .map(SourceDocument::defect)
            .collect(toSet());

    assertThat(found).containsAll(SourceDefect.ofDocuments());
  }

  @Test
  void aBucketWithoutDefectsHasEveryDocumentInIndexTarAndAsAnObject() {
    OpenDataBucket good = new OpenDataBucket(7, 100, 12, Set.of());

    assertThat(good.documents())
        .isNotEmpty()
        .allSatisfy(
            document -> {
              assertThat(document.indexed() && document.inTar() && document.isObject()).isTrue();
              assertThat(document.whole()).isPresent();
            });
    assertThat(good.parts()).allMatch(part -> part.inIndex() && part.exists());
  }

  @Test
  void indexesAndTarsAreAsTheDocumentsSay() throws Exception {
    for (SourcePart part : BUCKET.parts()) {
      assertThat(FILES.containsKey(part.key())).as(part.key()).isEqualTo(part.exists());
      Set<String> inIndex = new HashSet<>();
      byte[] index = FILES.get("data/tar/" + part.partition().path() + "/data.index.json");
      if (index != null) {
        for (JsonNode one : new JsonMapper().readTree(index).path("parts")) {
          one.path("files").forEach(name -> inIndex.add(name.asText()));
        }
      }
      for (SourceDocument document : BUCKET.documents(part.partition())) {
        assertThat(inIndex.contains(document.pdfName())).isEqualTo(document.indexed());
        assertThat(FILES.containsKey(document.objectKey())).isEqualTo(document.isObject());
      }
    }
    assertThat(BUCKET.parts()).anyMatch(part -> !part.exists()).anyMatch(part -> !part.inIndex());
  }

  @Test
  void gnuTarAndPythonReadTheTars(@TempDir Path folder) throws Exception {
    for (SourcePart part : BUCKET.parts()) {
      if (part.exists()) {
        Path tar = Files.write(folder.resolve("part.tar"), FILES.get(part.key()));
        List<String> expected = part.members().stream().map(SourceDocument::pdfName).toList();

        assertThat(lines("tar", "tf", tar.toString())).isEqualTo(expected);
      }
    }
    String key =
        FILES.keySet().stream().filter(name -> name.endsWith(".tar.gz")).findFirst().orElseThrow();
    Path gzip = Files.write(folder.resolve("m.tar.gz"), FILES.get(key));
    assertThat(lines("python3", "-c", "import tarfile; tarfile.open('" + gzip + "').list(False)"))
        .isNotEmpty()
        .allMatch(name -> name.strip().endsWith(".json"));
  }

  private static List<String> lines(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().toList();
  }

  @Test
  void thePortalListsTheBucketsJudgmentsUnderTheSamePaths() throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(300, PortalMoods.good())) {
      Map<String, EcourtsJudgment> listed =
          portal.listed().stream()
              .filter(judgment -> judgment.path().isPresent())
              .collect(toMap(judgment -> judgment.path().orElseThrow(), judgment -> judgment));

      assertThat(BUCKET.documents())
          .filteredOn(document -> document.has(SourceDefect.NOWHERE))
          .isNotEmpty()
          .allMatch(document -> listed.containsKey(document.link()));
    }
  }

  @Test
  void anOpenStoreServesItWithoutASignature(@TempDir Path folder) throws Exception {
    OpenDataBucket small = new OpenDataBucket(7, 20, 12, Set.of());
    try (EmbeddedSource source = EmbeddedSource.start(folder, small)) {
      String index = "data/tar/" + small.partitions().get(0).path() + "/data.index.json";

      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(source.endpoint() + "/" + OpenDataBucket.NAME + "/" + index))
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("ETag")).isPresent();
      assertThat(answer.body()).isEqualTo(files(small).get(index));
    }
  }
}
