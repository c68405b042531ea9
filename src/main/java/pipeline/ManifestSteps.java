package pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ledger.DocumentRecord;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.Digests;
import model.DocumentState;
import model.FailureReason;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Row;
import store.ManifestRow;
import store.Manifests;
import store.StoreHeaders;

/** The steps that close a page: its manifest, then its line in the ledger. */
public final class ManifestSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestSteps.class);
  private static final String PAGE = "page";

  private final Ledger ledger;
  private final Manifests manifests;
  private final WorkContext context;

  public ManifestSteps(Ledger ledger, Manifests manifests, WorkContext context) {
    this.ledger = ledger;
    this.manifests = manifests;
    this.context = context;
  }

  /** Writes the page's manifest as it stands now into the body, ready for the bucket. */
  public void describe(@Body Page page, Exchange exchange) {
    context.page(page);
    exchange.setProperty(PAGE, page);
    Message message = exchange.getMessage();
    byte[] manifest = manifests.write(manifestRows(page));
    message.setBody(manifest);
    StoreHeaders.manifest(manifests.key(page.number()), Digests.sha256(manifest))
        .forEach(message::setHeader);
  }

  private List<ManifestRow> manifestRows(Page page) {
    Map<String, DocumentRecord> known =
        ledger.find(page.rows().stream().filter(Row::isFetchable).map(Row::id).toList());
    return page.rows().stream()
        .map(row -> manifestRow(row, known.get(row.id())).listed(page.listedAt(), page.total()))
        .toList();
  }

  private ManifestRow manifestRow(Row row, DocumentRecord known) {
    if (!row.isFetchable()) {
      return manifests.rejected(
          row.number(), row.id(), row.url(), row.rejection().word(), row.facts());
    }
    if (known != null && known.state() == DocumentState.STORED) {
      return manifests.stored(
          row.number(),
          row.id(),
          row.url(),
          known.size(),
          known.sha256(),
          row.facts(),
          known.updatedAt());
    }
    return known != null && known.state() == DocumentState.REJECTED
        ? manifests.rejected(row.number(), row.id(), row.url(), known.reason(), row.facts())
        : manifests.failed(
            row.number(),
            row.id(),
            row.url(),
            known == null ? FailureReason.STORE.word() : known.reason(),
            row.facts());
  }

  /** The manifest is in the bucket; the page is the body again. */
  public void described(@ExchangeProperty(PAGE) Page page, Exchange exchange) {
    exchange.getMessage().removeHeaders(StoreHeaders.ALL);
    exchange.getMessage().setBody(page);
  }

  /** Closes the page in the ledger. */
  public void closePage(@Body Page page) {
    List<UnstoredRow> unstored = new ArrayList<>();
    for (ManifestRow row : manifestRows(page)) {
      if (!row.isStored()) {
        unstored.add(unstored(page.number(), row));
      }
    }
    ledger.closePage(page.number(), unstored, page.total());
    LOG.info(
        "complete, {} of {} rows stored", page.rows().size() - unstored.size(), page.rows().size());
  }

  private static UnstoredRow unstored(int page, ManifestRow row) {
    return new UnstoredRow(
        page,
        row.row(),
        row.id(),
        row.url(),
        row.facts().get("title"),
        row.isRejected() ? DocumentState.REJECTED : DocumentState.FAILED,
        row.reason(),
        0,
        null);
  }
}
