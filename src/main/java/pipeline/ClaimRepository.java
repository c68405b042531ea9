package pipeline;

import ledger.Ledger;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Presents the ledger's claims to the idempotent consumer. A document is claimed while it is being
 * processed, so that no other page works on it as well. The claim is released whatever the result,
 * which is recorded by separate steps of the route.
 *
 * <p>Claims are not on disk: after a crash the document is simply not stored.
 */
public final class ClaimRepository extends ServiceSupport implements IdempotentRepository {
  private final Ledger ledger;

  public ClaimRepository(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean add(String id) {
    return ledger.claim(id);
  }

  @Override
  public boolean contains(String id) {
    return ledger.isTaken(id);
  }

  /** The attempt succeeded. */
  @Override
  public boolean confirm(String id) {
    ledger.release(id);
    return true;
  }

  /** The attempt failed. */
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
