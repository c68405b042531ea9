package audit;

import java.util.Collection;
import java.util.Map;

/**
 * What the instances know of documents that no manifest names yet. The bucket alone cannot tell a
 * document of a page in work from a stranger.
 */
@FunctionalInterface
public interface Ledgers {
  /** Nobody is asked. */
  Ledgers NONE = keys -> Map.of();

  /**
   * A document's page.
   *
   * @param page the page that brought it
   * @param open whether that page is in work, so that its manifest is still to be written
   */
  record Known(int page, boolean open) {}

  /** Of these objects those that an instance knows as documents, by key. */
  Map<String, Known> find(Collection<String> keys);
}
