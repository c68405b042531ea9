package pipeline;

import java.time.Duration;
import ledger.Ledger;
import model.Failure;
import model.Failure.Kind;
import model.FailureClassifier;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Download;
import scripts.Orchestrator;

/**
 * The ledger as the idempotent consumer sees it. {@code add} claims a document for the exchange,
 * {@code confirm} records that the bucket has it and returns when that is on disk, {@code remove}
 * gives the claim up and tells the document's page why.
 *
 * <p>Nothing is on disk for a claim: after a crash the document is simply not stored.
 */
public final class ClaimRepository extends ServiceSupport implements IdempotentRepository {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimRepository.class);

  /** Exchange property with the {@link Download} on its way to the bucket. */
  static final String DOWNLOAD = "download";

  private final Ledger ledger;
  private final Orchestrator orchestrator;
  private final PipelineListener listener;

  public ClaimRepository(Ledger ledger, Orchestrator orchestrator, PipelineListener listener) {
    this.ledger = ledger;
    this.orchestrator = orchestrator;
    this.listener = listener;
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
    listener.stored(download.size(), exchange.getProperty(DocumentSteps.UPLOAD, Duration.class));
    orchestrator.stored(task.page().script());
    return true;
  }

  @Override
  public boolean remove(Exchange exchange, String id) {
    ledger.release(id);
    DocumentTask task = exchange.getProperty(DocumentSteps.TASK, DocumentTask.class);
    Exception cause = exchange.getException();
    Failure failure = FailureClassifier.classify(cause);
    if (failure.kind() != Kind.STOPPED && failure.kind() != Kind.CAPTCHA) {
      LOG.info("try failed: {}", failure.words());
      listener.failed(failure);
    }
    task.page().failed(task, cause);
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
