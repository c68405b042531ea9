package pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import ledger.UnstoredRow;
import model.Digests;
import model.DocumentState;
import model.Validators;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.junit.jupiter.api.Test;
import store.StoreException;
import testing.LedgerRows;

/** {@code direct:manifest}: a page in, its manifest in the bucket and out. */
class ManifestRouteTest extends PipelineTestSupport {
  private final ObjectMapper json = new ObjectMapper();

  private Page pageWithThreeKindsOfRows() {
    portal.lists(2).listsForeignHost();
    Page page = listedPage();
    ledger.documents().claim("doc/1.pdf");
    ledger.documents().stored("doc/1.pdf", 1, 11, ScriptedPortal.SHA256, null, Validators.NONE);
    ledger.documents().failed("doc/2.pdf", 1, DocumentState.FAILED, "not_pdf", OptionalInt.empty());
    return page;
  }

  private Exchange send(Page page) {
    return template.send("direct:manifest", exchange -> exchange.getMessage().setBody(page));
  }

  private List<JsonNode> written() throws IOException {
    byte[] text = bodyOf(manifest.getExchanges().get(0));
    List<JsonNode> rows = new ArrayList<>();
    for (String line : new String(text, StandardCharsets.UTF_8).split("\n")) {
      rows.add(json.readTree(line));
    }
    return rows;
  }

  private static byte[] bodyOf(Exchange exchange) {
    return exchange.getMessage().getBody(byte[].class);
  }

  @Test
  void thePageIsWrittenUnderItsKeyWithItsDigest() throws Exception {
    manifest.expectedMessageCount(1);
    manifest.expectedHeaderReceived(AWS2S3Constants.KEY, "manifests/page-000001.jsonl");
    manifest.expectedHeaderReceived(AWS2S3Constants.CONTENT_TYPE, "application/x-ndjson");

    send(pageWithThreeKindsOfRows());

    manifest.assertIsSatisfied();
    Exchange put = manifest.getExchanges().get(0);
    assertThat(put.getMessage().getHeader(AWS2S3Constants.METADATA))
        .isEqualTo(Map.of("sha256", Digests.sha256(bodyOf(put))));
  }

  @Test
  void theManifestHasEveryRowWithItsStateInTheLedger() throws Exception {
    send(pageWithThreeKindsOfRows());

    assertThat(written())
        .extracting(row -> row.path("state").asText() + " " + row.path("reason").asText())
        .containsExactly("stored ", "failed not_pdf", "rejected foreign_host");
    assertThat(written())
        .allSatisfy(row -> assertThat(row.path("listed_at").asText()).isEqualTo(NOW.toString()));
  }

  @Test
  void aRowHasTheStatusOfTheLastAnswer() throws Exception {
    portal.lists(3);
    Page page = listedPage();
    ledger
        .documents()
        .failed("doc/1.pdf", 1, DocumentState.QUEUED, "http_503", OptionalInt.of(503));
    ledger.documents().failed("doc/1.pdf", 1, DocumentState.FAILED, "gone", OptionalInt.of(410));
    ledger.documents().failed("doc/2.pdf", 1, DocumentState.QUEUED, "gone", OptionalInt.of(404));
    ledger.documents().failed("doc/2.pdf", 1, DocumentState.FAILED, "connect", OptionalInt.empty());
    ledger
        .documents()
        .failed("doc/3.pdf", 1, DocumentState.QUEUED, "http_403", OptionalInt.of(403));
    ledger.documents().stored("doc/3.pdf", 1, 11, ScriptedPortal.SHA256, null, Validators.NONE);

    send(page);

    assertThat(written())
        .extracting(row -> row.path("http_status").toString())
        .containsExactly("410", "", "200");
  }

  @Test
  void theLedgerRecordsTheSameAsTheManifest() throws Exception {
    Exchange done = send(pageWithThreeKindsOfRows());
    // what happens to a document from now on is not in the bucket, so it is not in the ledger's
    // rows
    ledger.documents().claim("doc/2.pdf");
    ledger.documents().stored("doc/2.pdf", 1, 11, ScriptedPortal.SHA256, null, Validators.NONE);

    new ManifestSteps(ledger, manifests, inWork)
        .close(done.getMessage().getBody(PageManifest.class));

    assertThat(LedgerRows.unstored(ledger, 1, 1))
        .extracting(UnstoredRow::id, UnstoredRow::state)
        .containsExactly(
            tuple("doc/2.pdf", DocumentState.FAILED), tuple("elsewhere", DocumentState.REJECTED));
    assertThat(ledger.pages().isRetry(1)).as("the page gets a new manifest").isTrue();
  }

  @Test
  void noHeaderOfTheStoreIsLeftOver() {
    assertThat(send(pageWithThreeKindsOfRows()).getMessage().getHeaders()).isEmpty();
  }

  @Test
  void aPageIsNotClosedIfItsManifestCouldNotBeStored() {
    fail(manifest, away());

    assertThat(send(pageWithThreeKindsOfRows()).getException()).isInstanceOf(StoreException.class);
    assertThat(ledger.pages().nextOpen(1)).isEqualTo(1);
  }
}
