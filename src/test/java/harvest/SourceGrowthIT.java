package harvest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import demo.opendata.OpenDataBucket;
import demo.opendata.SourcePart;
import demo.opendata.TarWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;
import testing.SourceSimulator;

/** A source that grows: a sweep harvests what is new, and reads nothing else again. */
class SourceGrowthIT {
  private static final String BENCH = "year=2026/court=27_1/bench=new";

  @TempDir Path folder;

  private final OpenDataBucket bucket = new OpenDataBucket(7, 60, 25, Set.of());

  private Harvest harvest(SourceSimulator source) throws IOException {
    return new Harvest(folder, 60, 10)
        .set("PORTAL_TYPE", "opendata")
        .set("PORTAL_URL", "")
        .set("PORTAL_TOTAL_SELECTOR", "")
        .set("PORTAL_RATE", "")
        .set("HARVEST_PAGES", "")
        .set("SOURCE_ENDPOINT", source.endpoint().toString())
        .set("SOURCE_BUCKET", SourceSimulator.BUCKET)
        .set("HARVEST_SCRIPTS", "2");
  }

  private static void grow(SourceSimulator source, byte[] pdf) {
    TarWriter tar = new TarWriter(TarWriter.Format.GNU);
    tar.add("NEW_1_2026-01-02.pdf", pdf).add("NEW_2_2026-01-03.pdf", pdf);
    source.put("data/tar/" + BENCH + "/part-20260601T120000Z.tar", tar.toBytes());
    source.put(
        "data/tar/" + BENCH + "/data.index.json",
        "{\"parts\":[{\"name\":\"part-20260601T120000Z.tar\","
            + "\"files\":[\"NEW_1_2026-01-02.pdf\",\"NEW_2_2026-01-03.pdf\"]}]}");
  }

  @Test
  void aSweepOfTheLastScriptHarvestsNewPartsAndReadsNoOtherAgain() throws Exception {
    try (SourceSimulator source = new SourceSimulator();
        Harvest harvest = harvest(source)) {
      bucket.write(source::put);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        String info = api.get("/api/instance/info").text();
        assertThat(info).contains("\"attribution\":\"Indian", "Dattam Labs", "CC-BY-4.0");
        grow(source, bucket.documents().get(0).whole().orElseThrow());
        int asked = source.requests().size();

        api.post("/api/scripts/1/sweep", "");
        api.post("/api/scripts/2/sweep", "");
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");

        assertThat(harvest.store.objects("judgments/_opendata/data/pdf/" + BENCH))
            .containsOnlyKeys("NEW_1_2026-01-02.pdf", "NEW_2_2026-01-03.pdf");
        List<String> since = source.requests().subList(asked, source.requests().size());
        for (SourcePart part : bucket.parts()) {
          assertThat(since).noneMatch(request -> request.contains(part.key()));
        }
      }
      String plan = new String(harvest.store.objects("manifests").get("plan.jsonl"), UTF_8);
      assertThat(plan.lines().reduce((before, line) -> line).orElseThrow())
          .contains(BENCH, "\"files\":2", "\"growth\":1");
      assertThat(harvest.audit().path("clean").asBoolean()).isTrue();

      int asked = source.requests().size();
      harvest.runUntilComplete(); // the plan that has grown is no other harvest
      assertThat(source.requests().subList(asked, source.requests().size()))
          .noneMatch(request -> request.endsWith(".tar"));
    }
  }
}
