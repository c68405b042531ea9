package routes;

import control.Orchestrator;
import ledger.Ledger;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import portal.Download;

/**
 * The ledger as the idempotent consumer sees it. {@code add} claims a document for the exchange,
 * {@code confirm} records that the bucket has it and returns when that is on disk, {@code remove}
 * gives the claim up and tells the document's page why.
 *
 * <p>Nothing is on disk for a claim: after a crash the document is simply not stored.
 */
public final class ClaimRepository extends ServiceSupport implements IdempotentRepository {
  /** Exchange property with the {@link Download} on its way to the bucket. */
  static final String DOWNLOAD = "download";

  private final Ledger ledger;
  private final Orchestrator orchestrator;

  public ClaimRepository(Ledger ledger, Orchestrator orchestrator) {
    this.ledger = ledger;
    this.orchestrator = orchestrator;
  }

  @Override
  public boolean add(String id) {
    return ledger.claim(id);
  }

  @Override
  public boolean contains(String id) {
    return ledger.isTaken(id);
  }

  @Override
  public boolean confirm(Exchange exchange, String id) {
    DocumentTask task = exchange.getProperty(DocumentSteps.TASK, DocumentTask.class);
    Download download = exchange.getProperty(DOWNLOAD, Download.class);
    try {
      ledger.stored(id, task.page().number(), download.size(), download.sha256());
    } catch (RuntimeException e) {
      // Camel would log it and go on as if the document were done
      ledger.release(id);
      task.page().brokenBy(e);
      return false;
    }
    task.page().stored(task);
    orchestrator.stored(task.page().script());
    return true;
  }

  @Override
  public boolean remove(Exchange exchange, String id) {
    ledger.release(id);
    DocumentTask task = exchange.getProperty(DocumentSteps.TASK, DocumentTask.class);
    task.page().failed(task, exchange.getException());
    return true;
  }

  @Override
  public boolean confirm(String id) {
    throw new IllegalStateException("a document is confirmed with its exchange");
  }

  @Override
  public boolean remove(String id) {
    ledger.release(id);
    return true;
  }

  @Override
  public void clear() {
    throw new IllegalStateException("the ledger is not cleared");
  }
}
