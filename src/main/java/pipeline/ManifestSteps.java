package pipeline;

import java.util.List;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.Digests;
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

/** The steps that close a page: its manifest, then its row in the ledger. */
public final class ManifestSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestSteps.class);
  private static final String MANIFEST = "manifest";

  private final Ledger ledger;
  private final Manifests manifests;
  private final PagesInWork inWork;

  public ManifestSteps(Ledger ledger, Manifests manifests, PagesInWork inWork) {
    this.inWork = inWork;
    this.ledger = ledger;
    this.manifests = manifests;
  }

  /** Sets the page's manifest as the body, ready for the upload. */
  public void describe(@Body Page page, Exchange exchange) {
    List<String> ids = page.rows().stream().filter(Row::isFetchable).map(Row::id).toList();
    PageManifest manifest = PageManifest.of(page, ledger.documents().find(ids), manifests);
    exchange.setProperty(MANIFEST, manifest);
    byte[] text = manifests.write(manifest.rows());
    Message message = exchange.getMessage();
    message.setBody(text);
    StoreHeaders.manifest(manifests.key(page.number()), Digests.sha256(text))
        .forEach(message::setHeader);
  }

  /** Called when the manifest is in the bucket; the result becomes the body. */
  public PageManifest written(
      @ExchangeProperty(MANIFEST) PageManifest manifest, Exchange exchange) {
    exchange.getMessage().removeHeaders(StoreHeaders.ALL);
    return manifest;
  }

  /** Closes the page in the ledger. */
  public void close(@Body PageManifest manifest) {
    List<UnstoredRow> unstored = manifest.unstored();
    ledger
        .pages()
        .close(manifest.page(), unstored, manifest.total(), ManifestRow.names(manifest.rows()));
    inWork.closed(manifest.page());
    int rows = manifest.rows().size();
    LOG.info("closed, {} of {} rows stored", rows - unstored.size(), rows);
  }
}
