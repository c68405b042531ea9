package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import ledger.UnstoredRow;
import model.DocumentState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ApiServer;

/** Secrets in the addresses that the API shows. */
class SecretsIT {
  @Test
  void secretsInAnAddressAreNotShownWithAnError(@TempDir Path folder) throws Exception {
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

  @Test
  void secretsInTheAddressOfAFailedDocumentAreNotShown(@TempDir Path folder) throws Exception {
    try (ApiServer server = new ApiServer(folder, Map.of())) {
      String id = "doc/1.pdf%3Faccess_token=s3cret&page=1";
      server
          .ledger()
          .documents()
          .failed(id, 1, DocumentState.FAILED, "timeout", OptionalInt.empty());
      server
          .ledger()
          .pages()
          .close(
              1,
              List.of(
                  unstored(1, id, "https://me:s3cret@host/doc/1.pdf?access_token=s3cret&page=1"),
                  unstored(2, "https://me:s3cret@host:no-port/", null)),
              null);
      Api.Answer answer = Api.at(server.port()).get("/api/scripts/1/failures");
      assertThat(answer.json().at("/failures/0/id").asText())
          .isEqualTo("doc/1.pdf%3Faccess_token=***&page=1");
      assertThat(answer.json().at("/failures/0/url").asText())
          .isEqualTo("https://host/doc/1.pdf?access_token=***&page=1");
      assertThat(answer.json().at("/failures/1/id").asText()).isEqualTo("https://host:no-port/");
      assertThat(answer.text()).doesNotContain("s3cret");
    }
  }

  /** A row whose title holds a secret, too. */
  private static UnstoredRow unstored(int row, String id, @Nullable String url) {
    return new UnstoredRow(
        1,
        row,
        id,
        url,
        "A v. B, see https://host/?key=s3cret",
        DocumentState.FAILED,
        "timeout",
        0,
        null,
        null);
  }
}
