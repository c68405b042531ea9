package audit;

import java.util.Collection;
import java.util.Map;

/**
 * What the instances know about documents that no manifest names yet. The bucket alone cannot tell
 * a document of a page in progress from a stray object.
 */
@FunctionalInterface
public interface Ledgers {
  /** Asks nobody. */
  Ledgers NONE = keys -> Map.of();

  /**
   * A document's page.
   *
   * @param page the page that brought it
   * @param open whether that page is in progress, so that its manifest has yet to be written
   */
  record Known(int page, boolean open) {}

  /** Those of these objects that an instance knows as documents, by key. */
  Map<String, Known> find(Collection<String> keys);
}
