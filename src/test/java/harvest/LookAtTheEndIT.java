package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;

/** Documents that are gone are requested once more when a script reaches the end of its pages. */
class LookAtTheEndIT {
  @TempDir private Path folder;

  @Test
  void aFileThatReappearsByTheEndOfThePagesIsStored() throws Exception {
    try (Harvest harvest = new Harvest(folder, 12, 4)) {
      harvest.set("HARVEST_SCRIPTS", "1");
      harvest.portal.faults(
          path ->
              path.equals("/doc/3.pdf") && harvest.portal.requestsTo("/list/2") == 0
                  ? Fault.status(404)
                  : null);
      harvest.runUntilComplete();

      assertThat(harvest.portal.requestsTo("/doc/3.pdf")).isEqualTo(3);
      assertThat(harvest.portal.requestsTo("/list/1")).as("its manifest is enough").isEqualTo(1);
      assertThat(harvest.row(1, 3).path("state").asText()).isEqualTo("stored");
      JsonNode audit = harvest.audit();
      assertThat(audit.path("clean").asBoolean()).isTrue();
      assertThat(audit.path("complete").asBoolean()).isTrue();
    }
  }

  @Test
  void aFileThatStaysMissingIsRequestedThreeTimesAndNotAgainAfterARestart() throws Exception {
    try (Harvest harvest = new Harvest(folder, 12, 4)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(410));
      harvest.runUntilComplete();
      harvest.runUntilComplete();

      assertThat(harvest.portal.requestsTo("/doc/3.pdf")).isEqualTo(3);
      assertThat(harvest.row(1, 3).path("reason").asText()).isEqualTo("gone");
      assertThat(harvest.audit().path("gaps").toString()).isEqualTo("{\"gone\":1}");
    }
  }
}
