package pipeline;

import ledger.Ledger;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The ledger's claims as the idempotent consumer sees them. A document is claimed while it is in
 * work, so that no other page works on it, too; the claim is given up however that ended. What came
 * of the document is recorded by the route's own steps.
 *
 * <p>Nothing is on disk for a claim: after a crash the document is simply not stored.
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

  /** The document's try has ended well. */
  @Override
  public boolean confirm(String id) {
    ledger.release(id);
    return true;
  }

  /** The document's try has ended otherwise. */
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
