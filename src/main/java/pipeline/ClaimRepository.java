package pipeline;

import ledger.Documents;
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
  /** Begins the claim on a stored document that is asked for again; no id has such a character. */
  static final String STORED = "\0";

  private final Documents documents;

  public ClaimRepository(Documents documents) {
    this.documents = documents;
  }

  @Override
  public boolean add(String claim) {
    return claim.startsWith(STORED) ? documents.claimStored(id(claim)) : documents.claim(claim);
  }

  @Override
  public boolean contains(String claim) {
    return documents.isTaken(id(claim));
  }

  /** The attempt succeeded. */
  @Override
  public boolean confirm(String claim) {
    documents.release(id(claim));
    return true;
  }

  /** The attempt failed. */
  @Override
  public boolean remove(String claim) {
    documents.release(id(claim));
    return true;
  }

  @Override
  public void clear() {
    throw new IllegalStateException("the ledger is not cleared");
  }

  private static String id(String claim) {
    return claim.startsWith(STORED) ? claim.substring(STORED.length()) : claim;
  }
}
