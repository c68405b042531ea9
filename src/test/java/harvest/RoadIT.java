package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalCall.Kind;
import demo.ecourts.PortalFaults;
import demo.ecourts.PortalMoods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalCommand;
import testing.LocalInstance;

/** What one harvest could not fetch is listed, fetched from the portal, and proven with it. */
class RoadIT {
  private static final int DOCUMENTS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Harvest harvest(EcourtsPortal portal) throws IOException {
    return new Harvest(folder, DOCUMENTS, 10)
        .set("PORTAL_TYPE", "ecourts")
        .set("PORTAL_URL", portal.address().toString())
        .set("PORTAL_MAX_ATTEMPTS", "2");
  }

  private static String path(EcourtsPortal portal, int number) {
    return portal.judgment(number).path().orElseThrow();
  }

  private List<JsonNode> gap(Harvest harvest) throws IOException {
    LocalCommand gap = harvest.command("gap");
    assertThat(gap.exitCode()).isZero();
    assertThat(gap.stderr()).isEmpty();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : gap.stdout().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void theGapOfAHarvestIsFetchedFromThePortalUnderTheSameKeysAndOneAuditProvesBoth()
      throws Exception {
    PortalMoods moods = PortalMoods.good().withPlainRows();
    try (EcourtsPortal portal = new EcourtsPortal(DOCUMENTS, moods);
        Harvest harvest = harvest(portal)) {
      List<String> lacking = List.of(path(portal, 3), path(portal, 14), path(portal, 15));
      portal.faults(
          call ->
              call.kind() == Kind.OPEN && lacking.contains(call.subject())
                  ? Optional.of(PortalFaults.errorMessage("Something went wrong"))
                  : Optional.empty());
      harvest.runUntilComplete();

      List<JsonNode> gap = gap(harvest);
      assertThat(gap).hasSize(3);
      assertThat(gap).extracting(line -> line.path("path").asText()).isEqualTo(lacking);
      JsonNode first = gap.get(0);
      assertThat(first.fieldNames())
          .toIterable()
          .containsExactly("path", "court", "decision_date", "cnr", "title", "reason");
      assertThat(first.path("cnr").asText()).isEqualTo(portal.judgment(3).cnr());
      assertThat(first.path("reason").asText()).isEqualTo("not_pdf");
      LocalCommand toFile = harvest.command("gap", "--out", "gap.jsonl");
      assertThat(toFile.stdout()).isEqualTo("gap.jsonl: 3 documents");
      linksStayLinksAndPipesPipes(harvest);
      Files.writeString(
          folder.resolve("gap.jsonl"),
          "{\"path\":\"%s\"}\n{\"path\":\"\"}\n".formatted(path(portal, 1)),
          StandardOpenOption.APPEND);

      fetchTheGap(harvest, moods);
      provesBoth(harvest, portal);
    }
  }

  private void linksStayLinksAndPipesPipes(Harvest harvest) throws Exception {
    Path linked = Files.createFile(folder.resolve("linked.jsonl"));
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), linked);
    assertThat(harvest.command("gap", "--out", "link.jsonl").exitCode()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllLines(linked)).hasSize(3);

    String pipe = folder.resolve("pipe").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe).start();
    assertThat(harvest.command("gap", "--out", "pipe").exitCode()).isZero();
    assertThat(reader.inputReader().lines()).hasSize(3);
    assertThat(Path.of(pipe)).exists();
    assertThat(Files.readAttributes(Path.of(pipe), BasicFileAttributes.class).isOther()).isTrue();
  }

  private void fetchTheGap(Harvest harvest, PortalMoods moods) throws Exception {
    PortalMoods asking = moods.with(PortalMoods.Captchas.afterDocuments(1));
    try (EcourtsPortal again = new EcourtsPortal(DOCUMENTS, asking)) {
      harvest
          .set("PORTAL_URL", again.address().toString())
          .set("PORTAL_LIST", "gap.jsonl")
          .set("S3_MANIFEST_PREFIX", "manifests-gap/,manifests/")
          .set("HARVEST_DATA_DIR", "data-gap")
          .set("HARVEST_SCRIPTS", "1");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        JsonNode captcha = api.awaitCaptchas(1).get(0);
        String answer = "{\"answer\":\"" + Captchas.read(again, captcha) + "\"}";
        api.post("/api/captchas/" + captcha.path("id").asText(), answer);
        api.awaitState(1, "completed");
      }

      assertThat(again.record().calls(Kind.LISTING)).isEmpty();
      assertThat(again.record().served()).hasSize(3); // the fourth is stored already
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isZero();
      assertThat(audit.path("rows").asInt()).isEqualTo(5 + DOCUMENTS);
      assertThat(audit.path("stored").asInt()).isEqualTo(DOCUMENTS);
      assertThat(audit.path("gaps").path("unreadable").asInt()).isEqualTo(1);
    }
  }

  private void provesBoth(Harvest harvest, EcourtsPortal portal) throws Exception {
    harvest
        .set("PORTAL_URL", portal.address().toString())
        .set("PORTAL_LIST", "")
        .set("S3_MANIFEST_PREFIX", "manifests/,manifests-gap/")
        .set("HARVEST_DATA_DIR", "data")
        .set("HARVEST_SCRIPTS", "2");
    JsonNode both = harvest.audit();
    assertThat(both.path("exit").asInt()).isZero();
    assertThat(both.path("rows").asInt()).isEqualTo(DOCUMENTS + 5);
    assertThat(both.path("stored").asInt()).isEqualTo(DOCUMENTS);
    assertThat(both.path("gaps")).as("the record without an address").hasSize(1);
    assertThat(gap(harvest)).isEmpty();
    for (int n = 1; n <= DOCUMENTS; n++) {
      assertThat(harvest.store.objects("judgments").get(path(portal, n)))
          .isEqualTo(portal.judgment(n).pdf());
    }

    JsonNode one = harvest.set("S3_MANIFEST_PREFIX", "manifests/").audit();
    assertThat(one.path("exit").asInt()).isEqualTo(1);
    assertThat(one.path("findings").path("retryable").asInt()).isEqualTo(3);
    assertThat(gap(harvest)).hasSize(3);
  }

  @Test
  void prefixesOfManifestsMustNotOverlap() throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(1, PortalMoods.good());
        Harvest harvest = harvest(portal).set("S3_MANIFEST_PREFIX", "manifests/,manifests/gap/")) {
      LocalCommand plan = harvest.command("plan");

      assertThat(plan.exitCode()).isEqualTo(2);
      assertThat(plan.stderr()).startsWith("s3.manifest-prefix").contains("overlap");
    }
  }
}
