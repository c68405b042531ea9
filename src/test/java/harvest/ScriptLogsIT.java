package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;

/** The logs of the scripts, as the API gives them. */
class ScriptLogsIT {
  private static final String START = "/api/scripts/start";

  @TempDir Path folder;

  private Harvest idle(int documents) throws IOException {
    return new Harvest(folder, documents, 10).set("HARVEST_AUTOSTART", "0");
  }

  @Test
  void aScriptsLogHasWholeLinesWhateverThePortalSends() throws Exception {
    try (Harvest harvest = idle(20)) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "2");
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.portal.page(
          2,
          "/doc/11.pdf",
          "http://127.0.0.2:1/a&#10;2026-01-01T00:00:00.000Z ERROR script-01 forged.pdf",
          "/doc/x%0aforged.pdf");
      harvest.portal.fault(
          "/list/2", Fault.html("<p>\n2026-01-01T00:00:00.000Z ERROR forged\u001b[2J"));
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.post(START, "{\"num_scripts\":2,\"delay\":0}");
        api.awaitState(1, "completed");
        api.awaitState(2, "waiting");
        harvest.portal.heal();
        harvest.portal.total(13);
        api.awaitState(2, "completed");

        List<String> lines = api.logs(1);
        assertThat(lines)
            .allMatch(
                line ->
                    line.matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)"
                            + " (INFO |WARN |ERROR) script-01.*"));
        assertThat(lines.get(0)).contains("script-01: started");
        assertThat(lines)
            .anyMatch(line -> line.contains("page 1 doc/3.pdf: ") && line.contains("500"));
        assertThat(lines)
            .anyMatch(line -> line.contains("WARN") && line.contains("failed after 2 tries"));
        assertThat(lines).anyMatch(line -> line.contains("page 1: closed, 9 of 10 rows stored"));
        assertThat(api.logs(2))
            .allMatch(line -> line.contains(" script-02"))
            .noneMatch(line -> line.startsWith("2026-01-01"));
        assertThat(api.get("/api/scripts/1/logs?lines=1").json().path("logs")).hasSize(1);
        assertThat(logs()).doesNotContain("\u001b").doesNotContain("\r");
        JsonNode failure = api.get("/api/scripts/1/failures").json().path("failures").get(0);
        assertThat(failure.path("id").asText()).isEqualTo("doc/3.pdf");
        assertThat(failure.path("reason").asText()).isEqualTo("http_500");
        assertThat(failure.path("attempts").asInt()).isEqualTo(2);
      }
    }
  }

  private String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("data/logs"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
