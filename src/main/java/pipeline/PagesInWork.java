package pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import model.PageProgress;
import portal.Row;

/**
 * The rows of the pages in progress, for lookups before a manifest is written. An unfinished page
 * is remembered until its script lists another. Thread-safe.
 */
public final class PagesInWork {
  /**
   * A row of a page in work.
   *
   * @param page number of the page
   */
  public record Listed(int page, Row row) {}

  private final Map<Integer, Page> ofScript = new ConcurrentHashMap<>();

  void listed(Page page) {
    ofScript.put(page.script(), page);
  }

  void closed(int number) {
    ofScript.values().removeIf(page -> page.number() == number);
  }

  /** The rows that match. */
  public List<Listed> find(Predicate<Row> wanted) {
    return ofScript.values().stream()
        .flatMap(
            page -> page.rows().stream().filter(wanted).map(row -> new Listed(page.number(), row)))
        .toList();
  }

  /** How far a script is; empty if it has listed no page that is still open. */
  public Optional<PageProgress> of(int script) {
    return Optional.ofNullable(ofScript.get(script))
        .map(
            page ->
                new PageProgress(
                    page.number(),
                    page.rows().size(),
                    page.rows().size() - page.documents().left()));
  }
}
