package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ApiServer;

/** Secrets in the addresses that the API shows. */
class SecretsTest {
  @Test
  void whatStandsInAnAddressIsNotShownWithAnError(@TempDir Path folder) throws Exception {
    try (ApiServer server = new ApiServer(folder, Map.of())) {
      server
          .orchestrator()
          .reports()
          .broken(1, "https://me:s3cret@host/list?page=1&token=s3cret: 403");
      Api.Answer answer = Api.at(server.port()).get("/api/scripts/1/status");
      assertThat(answer.json().at("/data/last_error").asText())
          .startsWith("https://host/list?page=1&token=***");
      assertThat(answer.text()).doesNotContain("s3cret");
    }
  }
}
