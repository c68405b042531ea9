package portal.opendata.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.PortalTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import config.Configuration;
import config.ConfigurationLoader;
import config.SourceSettings;
import config.Survey;
import config.UsageException;
import demo.opendata.OpenDataBucket;
import demo.opendata.SourceDefect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.AllowedHosts;
import portal.Desk;
import portal.Dialect;
import portal.Permit;
import portal.PortalScope;
import portal.SourceAwayException;
import portal.SurveyContext;
import portal.Workplace;
import portal.opendata.OpenDataType;
import store.SourceBucket;
import store.Spool;
import store.SpoolRoom;
import store.Store;
import store.StoreCalls;
import store.StoreException;
import store.StoreException.Kind;
import testing.FaultyStore;
import testing.LocalCommand;
import testing.SourceSimulator;
import testing.VirtualTicker;

class PlanSurveyIT {
  private static final String PLAN = "manifests/plan.jsonl";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private SourceSimulator source;
  private FaultyStore store;

  @BeforeEach
  void start() throws IOException {
    FaultyStore.feedCredentialsChain();
    source = new SourceSimulator();
    store = new FaultyStore(folder.resolve("s3"));
    new OpenDataBucket(7, 120, 12, SourceDefect.all()).write(source::put);
    environment.putAll(store.environment());
    environment.put("SOURCE_BUCKET", SourceSimulator.BUCKET);
    environment.put("SOURCE_ENDPOINT", source.endpoint().toString());
    environment.put("HARVEST_PAGE_SIZE", "10");
    environment.put("HARVEST_DATA_DIR", folder.resolve("data").toString());
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
    source.close();
  }

  private Survey survey(boolean mayWrite) {
    Configuration configuration =
        ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all()).load();
    return new PlanSurvey(
            new SurveyContext(
                configuration,
                folder,
                settings -> {
                  throw new UnsupportedOperationException();
                },
                mayWrite,
                notes::add))
        .survey();
  }

  private byte[] shared() throws IOException {
    return store.objects("manifests/").getOrDefault("plan.jsonl", new byte[0]);
  }

  private void sourceIsAway() {
    source.statusOf = request -> 503;
  }

  @Test
  void theFirstInstanceWritesThePlanAndAllOthersReadIt() throws IOException {
    Survey first = survey(true);
    byte[] plan = shared();
    source.put("data/tar/year=1950/court=1_1/bench=new/part-1.tar", new byte[10240]);
    environment.put("HARVEST_DATA_DIR", folder.resolve("other").toString());
    int asked = source.requests().size();

    Survey second = survey(true);

    assertThat(second.pages()).isEqualTo(first.pages()).isPositive();
    assertThat(second.totalResults()).isEqualTo(first.totalResults());
    assertThat(second.starts()).isEqualTo(first.starts());
    assertThat(source.requests()).as("nothing is asked of the source").hasSize(asked);
    assertThat(shared()).isEqualTo(plan);
    assertThat(folder.resolve("other/plan.jsonl")).hasBinaryContent(plan);
    assertThat(new String(store.objects("manifests/").get("ATTRIBUTION.txt")))
        .startsWith("Indian High Court Judgments, Dattam Labs (vanga)");
  }

  @Test
  void instancesThatStartTogetherShareOnePlan() throws Exception {
    List<CompletableFuture<Survey>> starting = new ArrayList<>();
    survey(false);
    for (int i = 0; i < 4; i++) {
      Map<String, String> own = new HashMap<>(environment);
      own.put("HARVEST_DATA_DIR", folder.resolve("data" + i).toString());
      Configuration configuration =
          ConfigurationLoader.in(folder, own, PortalTypes.KNOWN.all()).load();
      starting.add(
          CompletableFuture.supplyAsync(
              () ->
                  new PlanSurvey(
                          new SurveyContext(
                              configuration,
                              folder,
                              settings -> {
                                throw new UnsupportedOperationException();
                              },
                              true,
                              note -> {}))
                      .survey()));
    }
    for (CompletableFuture<Survey> each : starting) {
      each.get();
    }

    for (int i = 0; i < 4; i++) {
      assertThat(folder.resolve("data" + i).resolve("plan.jsonl")).hasBinaryContent(shared());
    }
  }

  @Test
  void readingCommandsWriteNothingAndNeedNoBucket() throws IOException {
    Survey survey = survey(false);

    assertThat(survey.pages()).isPositive();
    assertThat(survey.partitions()).isNotEmpty();
    assertThat(survey.partitions().stream().mapToLong(Survey.Partition::files).sum())
        .isEqualTo(survey.totalResults());
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(store.requests()).noneMatch(request -> request.startsWith("PUT"));
  }

  @Test
  void thePlanCommandPrintsOneCourtAndYearPerLineAndPartitionsAsJson() throws IOException {
    environment.put("PORTAL_TYPE", "opendata");
    environment.put("HARVEST_INSTANCES", "1");
    LocalCommand text = LocalCommand.run(folder, environment, "plan", "--rate", "0.5");

    assertThat(text.exitCode()).as(text.stderr()).isZero();
    assertThat(text.stdout().lines().findFirst().orElseThrow().split(" +"))
        .contains("court", "year", "partitions", "files", "bytes", "requests", "PUTs", "pages");
    assertThat(text.stdout()).containsPattern("(?m)^ *27_1  2010 ").containsPattern("(?m)^total ");
    JsonNode json =
        new JsonMapper().readTree(LocalCommand.run(folder, environment, "plan", "--json").stdout());
    assertThat(json.path("partitions").get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "year", "court", "bench", "parts", "files", "bytes", "pages", "start_page");
    assertThat(json.path("partitions").findValues("pages").stream().mapToInt(JsonNode::asInt).sum())
        .isEqualTo(json.path("total_pages").asInt());
    LocalCommand wrong = LocalCommand.run(folder, environment, "plan", "--rate", "0");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.stderr()).startsWith("--rate");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void otherFiltersOrAnotherPageSizeThanThePlansEndTheStart() {
    environment.put("SOURCE_COURTS", "27~1,9~13");
    survey(true);
    environment.put("SOURCE_COURTS", "9_13,27_1");
    assertThat(survey(true).pages()).as("the same choice in other words").isPositive();

    environment.put("SOURCE_YEARS", "2011");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> survey(true))
        .withMessageContainingAll("source.years", "2011", PLAN, "all");
    environment.remove("SOURCE_YEARS");
    environment.put("HARVEST_PAGE_SIZE", "20");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> survey(true))
        .withMessageContainingAll("harvest.page-size", "20", "10");
  }

  @Test
  void yearsInAnotherNotationAreTheSameChoice() throws IOException {
    environment.put("SOURCE_YEARS", "2010,2011, 2012");
    Survey first = survey(true);
    byte[] plan = shared();
    environment.put("SOURCE_YEARS", "2011-2012,2010");

    assertThat(survey(true).pages()).isEqualTo(first.pages());
    assertThat(shared()).isEqualTo(plan);
  }

  @Test
  void aChoiceThatTheSourceDoesNotHaveIsAMistake() throws IOException {
    environment.put("SOURCE_YEARS", "1949");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> survey(true))
        .withMessageContaining("source.years");
    assertThat(shared()).isEmpty();
  }

  @Test
  void aStoreThatRefusesConditionsIsReportedInOneLine() {
    store.refuse(request -> request.startsWith("PUT") && request.endsWith(PLAN) ? 501 : 0);

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> survey(true))
        .withMessageContainingAll(PLAN, "501", "If-None-Match")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void a400IsReportedAsTheConditionsFaultOnlyWhileTheStoreAcceptsOtherObjects() {
    store.refuse(request -> request.startsWith("PUT") && request.endsWith(PLAN) ? 400 : 0);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> survey(true))
        .withMessageContainingAll(PLAN, "400", "If-None-Match");

    store.refuse(request -> request.startsWith("PUT") ? 400 : 0);
    assertThatExceptionOfType(SourceAwayException.class)
        .isThrownBy(() -> survey(true))
        .withMessageContaining("400");
  }

  @Test
  void aReadingCommandSaysThatTheBucketHasLostItsPlanAndUsesTheOneInTheDataFolder()
      throws IOException {
    Survey first = survey(true);
    Path plan = folder.resolve("s3").resolve(FaultyStore.BUCKET).resolve(PLAN);
    Files.delete(plan);
    survey(false);
    assertThat(notes).as("nothing was harvested yet").isEmpty();
    Files.write(plan.resolveSibling("page-000001.jsonl"), new byte[] {1});
    sourceIsAway();

    assertThat(survey(false).pages()).isEqualTo(first.pages());
    assertThat(notes).singleElement().asString().contains(PLAN, "lost");
    assertThat(plan).doesNotExist();
  }

  @Test
  void aStoreThatAcceptsNothingIsWaitedFor() {
    store.refuse(request -> request.startsWith("PUT") && request.endsWith(PLAN) ? 403 : 0);

    assertThatExceptionOfType(SourceAwayException.class)
        .isThrownBy(() -> survey(true))
        .withMessageContaining(PLAN);
  }

  @Test
  void anInstanceThatKnowsItsPlanContinuesWhileSourceAndStoreAreDown() throws IOException {
    Survey first = survey(true);
    sourceIsAway();
    assertThat(survey(true).pages()).as("the source is away").isEqualTo(first.pages());
    store.away();

    assertThat(survey(true).pages()).as("the store is away, too").isEqualTo(first.pages());
  }

  @Test
  void aSourceThatIsDownAtTheFirstStartIsReported() {
    sourceIsAway();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> survey(true))
        .satisfies(e -> assertThat(e.status()).isEqualTo(503));
    assertThat(notes).isEmpty();
  }

  @Test
  void aPlanThatTheBucketHasLostIsWrittenAgain() throws IOException {
    survey(true);
    byte[] plan = shared();
    Files.delete(folder.resolve("s3").resolve(FaultyStore.BUCKET).resolve(PLAN));
    sourceIsAway();

    survey(true);

    assertThat(shared()).isEqualTo(plan);
  }

  @Test
  void growthReplacesThePlanThatWasReadAndMovesNoPage() throws IOException {
    Survey before = survey(true);
    String bench = "year=1950/court=1_1/bench=new";
    source.put(
        PartitionIndex.dataKey(bench),
        "{\"parts\":[{\"name\":\"part-1.tar\",\"files\":[\"1.pdf\"]}]}");
    source.put("data/tar/" + bench + "/part-1.tar", new byte[10240]);
    Configuration configuration =
        ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all()).load();
    SourcePlan grown;
    try (Store target = Store.open(configuration.store(), 2);
        SourceBucket read =
            SourceBucket.open(
                SourceSettings.read(configuration.values()),
                configuration.portal().authorities(),
                2)) {
      grown =
          new PlanGrowth(
                  read,
                  SourceSettings.read(configuration.values()),
                  target.planFile(),
                  folder.resolve("data/plan.jsonl"))
              .grow();
    }

    assertThat(grown.allPages()).isEqualTo(before.pages() + 1);
    assertThat(folder.resolve("data/plan.jsonl")).hasBinaryContent(shared());
    Survey after = survey(true);
    assertThat(after.pages()).isEqualTo(before.pages());
    assertThat(after.totalResults()).isEqualTo(before.totalResults());
  }

  @Test
  void growthWaitsForAPermitForEachRequest() throws IOException {
    int before = survey(true).pages();
    String bench = "year=1950/court=1_1/bench=new";
    source.put(
        PartitionIndex.dataKey(bench),
        "{\"parts\":[{\"name\":\"part-1.tar\",\"files\":[\"1.pdf\"]}]}");
    source.put("data/tar/" + bench + "/part-1.tar", new byte[10240]);
    Configuration configuration =
        ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all()).load();
    int asked = source.requests().size();
    CountingDesk desk = new CountingDesk();
    try (Store target = Store.open(configuration.store(), 2)) {
      Dialect dialect =
          new OpenDataType()
              .create(
                  configuration.values(),
                  new PortalScope(
                      new AllowedHosts(List.of()),
                      10,
                      before,
                      900,
                      5,
                      Optional.of(folder.resolve("data"))),
                  new VirtualTicker(),
                  InstantSource.system(),
                  new Workplace(
                      configuration,
                      folder.resolve("opendata"),
                      Spool.open(folder.resolve("spool")),
                      new SpoolRoom(1 << 20, new VirtualTicker()),
                      target,
                      new StoreCalls()));

      assertThat(dialect.growth().orElseThrow().applyAsInt(desk)).isEqualTo(before + 1);
    }
    assertThat(desk.permits).isEqualTo(source.requests().size() - asked).isPositive();
    assertThat(desk.open).isZero();
  }

  /** Counts the permits it hands out. */
  private static final class CountingDesk implements Desk {
    private int permits;
    private int open;

    @Override
    public Permit enter() {
      permits++;
      open++;
      return new Permit() {
        @Override
        public void answered() {}

        @Override
        public void overloaded() {}

        @Override
        public void paused(Optional<Duration> time, String why) {}

        @Override
        public void close() {
          open--;
        }
      };
    }

    @Override
    public StopSignal stop() {
      return new StopSignal(new VirtualTicker());
    }
  }

  @Test
  void aStoreThatBreaksOffIsDown() throws IOException {
    survey(true);
    Files.delete(folder.resolve("data/plan.jsonl"));
    store.answer(
        request ->
            request.startsWith("GET") && request.endsWith(PLAN)
                ? "HTTP/1.1 200 x\r\nContent-Length: 5000\r\nETag: \"1\"\r\n\r\n{\"a\""
                : null);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> survey(true))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.AWAY));
  }
}
