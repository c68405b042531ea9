package portal.opendata.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import config.SourceSettings;
import config.SourceSettings.Years;
import demo.opendata.OpenDataBucket;
import demo.opendata.SourceDefect;
import demo.opendata.SourceDocument;
import demo.opendata.SourcePart;
import demo.opendata.SourcePartition;
import demo.opendata.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import store.SourceBucket;
import store.StoreCalls;
import store.StoreException;
import testing.SourceSimulator;

class PlanMakerTest {
  private static final int PAGE_SIZE = 5;
  private static final String BENCH = "year=2023/court=27_1/bench=newas";

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private SourceSimulator source;

  @BeforeEach
  void start() throws IOException {
    source = new SourceSimulator();
  }

  @AfterEach
  void stop() {
    source.close();
  }

  private SourceSettings settings(List<String> courts, List<String> benches, List<Years> years) {
    return new SourceSettings(
        SourceSimulator.BUCKET,
        "ap-south-1",
        source.endpoint(),
        true,
        true,
        Optional.empty(),
        courts,
        benches,
        years,
        false);
  }

  private SourcePlan plan(SourceSettings wanted) throws IOException {
    Path file = folder.resolve("plan.jsonl");
    try (SourceBucket bucket = bucket(wanted)) {
      new PlanMaker(bucket, wanted, notes::add).make(PlanHeader.of(wanted, PAGE_SIZE), file);
    }
    return SourcePlan.open(file);
  }

  private static SourceBucket bucket(SourceSettings wanted) {
    return SourceBucket.open(wanted, Optional.empty(), 4, new StoreCalls(), InstantSource.system());
  }

  private SourcePlan plan() throws IOException {
    return plan(settings(List.of(), List.of(), List.of()));
  }

  private void index(String... parts) {
    source.put(
        PartitionIndex.dataKey(BENCH), "{\"parts\":[%s]}".formatted(String.join(",", parts)));
  }

  private static String part(String name, String... files) {
    return "{\"name\":\"%s\",\"files\":[\"%s\"]}".formatted(name, String.join("\",\"", files));
  }

  private void tar(String name, String... members) {
    TarWriter tar = new TarWriter(TarWriter.Format.GNU);
    for (String member : members) {
      tar.add(member, member.getBytes(UTF_8));
    }
    source.put("data/tar/" + BENCH + "/" + name, tar.toBytes());
  }

  private void metadata(String... files) {
    source.put(PartitionIndex.metadataKey(BENCH), "{\"parts\":[%s]}".formatted(part("m", files)));
  }

  private static List<String> shown(SourcePlan plan) {
    return plan.lines().stream()
        .map(
            line ->
                "%s %d %d+%d".formatted(line.part(), line.files(), line.firstPage(), line.pages()))
        .toList();
  }

  @Test
  void aPartHasAPageForEveryPageSizeOfDistinctNames() throws IOException {
    tar("a.tar", "x.pdf");
    tar("b.tar", "x.pdf");
    index(
        part("a.tar", "1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "5.pdf", "1.pdf"),
        part("b.tar", "5.pdf", "6.pdf", "7.pdf", "8.pdf", "9.pdf", "10.pdf"));

    assertThat(shown(plan())).containsExactly("a.tar 5 1+1", "b.tar 6 2+2");
  }

  @Test
  void aTarThatNoIndexNamesIsCountedByItsHeaders() throws IOException {
    tar("a.tar", "1.pdf");
    tar("orphan.tar", "2.pdf", "3.pdf", "2.pdf", "4.pdf", "5.pdf", "6.pdf", "7.pdf");
    index(part("a.tar", "1.pdf"));
    metadata("1.json", "2.json", "7.json");

    assertThat(shown(plan())).containsExactly("a.tar 1 1+1", "orphan.tar 6 2+2");
  }

  @Test
  void onlyTheDocumentsInATarAreCounted() throws IOException {
    tar("orphan.tar", "1.pdf", "README.txt", "2.PDF", "3.json", "4.pdf", "5.pdf", "6.pdf");

    assertThat(shown(plan())).containsExactly("orphan.tar 5 1+1");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 410})
  void anIndexThatTheSourceRefusesIsReportedAndTheTarsAreReadInstead(int status)
      throws IOException {
    tar("a.tar", "1.pdf", "2.pdf");
    index(part("a.tar", "1.pdf"));
    metadata("3.json");
    source.put("metadata/json/" + BENCH + "/4.json", "{}");
    source.statusOf = request -> request.endsWith(".index.json") ? status : 0;

    assertThat(shown(plan())).containsExactly("a.tar 2 1+1", "null 1 2+1");
    assertThat(notes)
        .satisfiesExactly(
            note -> assertThat(note).contains(PartitionIndex.dataKey(BENCH), "refused"),
            note -> assertThat(note).contains(PartitionIndex.metadataKey(BENCH), "refused"));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 410})
  void anUnindexedTarThatTheSourceRefusesHasNoPages(int status) throws IOException {
    tar("a.tar", "1.pdf");
    tar("orphan.tar", "2.pdf");
    index(part("a.tar", "1.pdf"));
    metadata("1.json", "2.json");
    source.statusOf = request -> request.endsWith("orphan.tar") ? status : 0;

    assertThat(shown(plan())).containsExactly("a.tar 1 1+1", "orphan.tar 0 2+0", "null 1 2+1");
    assertThat(notes).singleElement().asString().contains("orphan.tar", "refused");
  }

  @Test
  void aSourceThatListsItsObjectsButServesNoneHasNoPlan() {
    tar("a.tar", "1.pdf");
    index(part("a.tar", "1.pdf"));
    source.statusOf = request -> request.equals("GET ") ? 0 : 403;

    assertThatThrownBy(this::plan)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.status()).isEqualTo(403));
  }

  @Test
  void namesOnlyInALostPartOrInTheMetadataHaveALineOfTheirOwn() throws IOException {
    tar("a.tar", "1.pdf");
    index(part("a.tar", "1.pdf"), part("lost.tar", "2.pdf", "3.pdf", "2.pdf", "1.pdf"));
    metadata("1.json", "2.json", "4.json", "5.json", "6.json", "7.json", "4.json", "x.txt");

    SourcePlan plan = plan();

    assertThat(shown(plan)).containsExactly("a.tar 1 1+1", "null 6 2+2");
    assertThat(plan.names(2)).containsExactly("2.pdf", "3.pdf", "4.pdf", "5.pdf", "6.pdf");
    assertThat(plan.names(3)).containsExactly("7.pdf");
    assertThatThrownBy(() -> plan.lineOf(4)).hasMessageContaining("4");
  }

  @Test
  void aPartitionMayHaveNoTarAtAll() throws IOException {
    metadata("1.json");

    assertThat(shown(plan())).containsExactly("null 1 1+1");
  }

  @Test
  void anIndexThatIsNotJsonIsReportedWithItsKeyAndTheTarsAreReadInstead() throws IOException {
    tar("a.tar", "1.pdf", "2.pdf");
    source.put(
        PartitionIndex.dataKey(BENCH), "{\"parts\":[{\"name\":\"a.tar\",\"files\":[\"1.pdf\",,");

    assertThat(shown(plan())).containsExactly("a.tar 2 1+1");
    assertThat(notes).singleElement().asString().contains(PartitionIndex.dataKey(BENCH), "line 1");
  }

  @Test
  void metadataWhoseIndexIsMissingOrNotJsonAreListed() throws IOException {
    source.put("metadata/tar/" + BENCH + "/metadata.tar.gz", "any");
    source.put("metadata/json/" + BENCH + "/1.json", "{}");
    assertThat(shown(plan())).containsExactly("null 1 1+1");

    source.put(PartitionIndex.metadataKey(BENCH), "<html>");
    assertThat(shown(plan())).containsExactly("null 1 1+1");
    assertThat(notes).singleElement().asString().contains(PartitionIndex.metadataKey(BENCH));
  }

  @Test
  void fieldsOfAnIndexMayComeInAnyOrderAndBeUnknown() throws Exception {
    List<String> seen = new ArrayList<>();
    String json =
        """
        {"file_count":null,"parts":[{"files":["1.pdf",null,7,["a"],"2.pdf"],"size":{"a":[1]},
        "name":"a.tar"},"nonsense",{"name":"b.tar"}],"files":["3.pdf"]}""";

    PartitionIndex.read(
        new ByteArrayInputStream(json.getBytes(UTF_8)), "key", (p, n) -> seen.add(p + " " + n));

    assertThat(seen).containsExactly("a.tar 1.pdf", "a.tar 2.pdf", " 3.pdf");
  }

  @Test
  void filtersChooseCourtsBenchesAndYears() throws IOException {
    OpenDataBucket bucket = new OpenDataBucket(7, 60, 12, Set.of());
    bucket.write(source::put);
    SourcePartition one = bucket.partitions().get(0);

    SourcePlan plan =
        plan(
            settings(
                List.of(one.court()), List.of(one.bench()), List.of(new Years(one.year(), 2010))));

    assertThat(plan.lines()).isNotEmpty().allMatch(line -> line.partition().equals(one.path()));
  }

  @Test
  void everyDocumentOfTheBucketHasItsPlaceInThePlan() throws IOException {
    OpenDataBucket bucket = new OpenDataBucket(7, 300, 12, SourceDefect.all());
    bucket.write(source::put);

    SourcePlan plan = plan();

    for (SourcePartition partition : bucket.partitions()) {
      Set<String> placed = new HashSet<>();
      for (PlanLine line : plan.lines()) {
        if (line.partition().equals(partition.path())) {
          placed.addAll(names(bucket, plan, line));
        }
      }
      assertThat(bucket.documents(partition))
          .extracting(SourceDocument::pdfName)
          .allMatch(placed::contains, partition.path());
    }
    assertThat(plan.files())
        .isEqualTo(plan.lines().stream().mapToLong(PlanLine::files).sum())
        .isPositive();
  }

  /** The names that the line's pages have; for a tar those of its members, too. */
  private static Set<String> names(OpenDataBucket bucket, SourcePlan plan, PlanLine line)
      throws IOException {
    Set<String> names = new LinkedHashSet<>();
    if (line.part() == null) {
      for (int page = line.firstPage(); page <= line.lastPage(); page++) {
        names.addAll(plan.names(page));
      }
      assertThat(names).hasSize((int) line.files());
      return names;
    }
    for (SourcePart part : bucket.parts()) {
      if (part.partition().path().equals(line.partition()) && part.name().equals(line.part())) {
        names.addAll(part.names());
        if (part.inIndex()) {
          assertThat(names).hasSize((int) line.files());
        }
        part.members().forEach(member -> names.add(member.pdfName()));
      }
    }
    return names;
  }

  @Test
  void growthAppendsNewPartsAndNamesAndReadsNoPart() throws IOException {
    tar("a.tar", "1.pdf");
    tar("orphan.tar", "9.pdf");
    index(part("a.tar", "1.pdf"));
    metadata("1.json", "2.json");
    SourceSettings wanted = settings(List.of(), List.of(), List.of());
    SourcePlan before = plan(wanted);
    source.delete("data/tar/" + BENCH + "/orphan.tar");
    tar("b.tar", "1.pdf", "3.pdf");
    index(part("a.tar", "1.pdf"), part("b.tar", "1.pdf", "3.pdf"));
    metadata("1.json", "2.json", "3.json", "4.json");
    int requests = source.requests().size();

    SourcePlan after = grown(wanted, before);

    assertThat(after.lines()).startsWith(before.lines().toArray(PlanLine[]::new));
    assertThat(shown(after).subList(before.lines().size(), after.lines().size()))
        .containsExactly("b.tar 2 4+1", "null 1 5+1");
    assertThat(after.names(5)).containsExactly("4.pdf");
    assertThat(after.pages()).isEqualTo(before.pages());
    assertThat(after.allPages()).isEqualTo(5);
    assertThat(source.requests().subList(requests, source.requests().size()))
        .noneMatch(request -> request.endsWith(".tar"));

    assertThat(grown(wanted, after).lines()).isEqualTo(after.lines());
  }

  private SourcePlan grown(SourceSettings wanted, SourcePlan before) throws IOException {
    Path file = folder.resolve("plan.jsonl");
    Path target = folder.resolve("grown.jsonl");
    try (SourceBucket bucket = bucket(wanted)) {
      boolean grew = new PlanMaker(bucket, wanted, notes::add).grow(before, file, target);
      SourcePlan after = SourcePlan.open(target);
      assertThat(grew).isEqualTo(after.lines().size() > before.lines().size());
      Files.move(target, file, StandardCopyOption.REPLACE_EXISTING);
      return SourcePlan.open(file);
    }
  }
}
