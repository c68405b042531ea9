package app;

import java.util.Optional;
import ledger.Ledger;
import model.PageRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import store.Manifests;
import store.StoreException;

/**
 * Notices a lost ledger: it is empty, although the bucket holds manifests of its pages. That is not
 * an error, since everything is harvested again, but rarely intended.
 */
final class LostLedger {
  private static final Logger LOG = LoggerFactory.getLogger(LostLedger.class);

  private LostLedger() {}

  /** What a person should know and do; empty if nothing was lost, or the store does not tell. */
  static Optional<String> words(Ledger ledger, Manifests manifests, Optional<PageRange> pages) {
    if (!ledger.isEmpty()) {
      return Optional.empty();
    }
    try {
      return pages
          .flatMap(manifests::firstOf)
          .map(
              found ->
                  ("the ledger is empty, but the bucket holds manifests of this instance's pages,"
                          + " such as %s: stop, and rebuild restores it; otherwise all documents are"
                          + " fetched again")
                      .formatted(found));
    } catch (StoreException e) {
      LOG.debug("the store does not tell whether it holds manifests: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
