package api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import scripts.ScriptSnapshot;

/** Which script a page belongs to. */
final class ScriptOfPage {
  private final TreeMap<Integer, Integer> byFirstPage = new TreeMap<>();

  ScriptOfPage(List<ScriptSnapshot> snapshots) {
    snapshots.forEach(
        one ->
            one.script()
                .pages()
                .ifPresent(pages -> byFirstPage.put(pages.first(), one.script().id())));
  }

  /** Null if it belongs to none of this instance. */
  @Nullable Integer of(int page) {
    Map.Entry<Integer, Integer> script = byFirstPage.floorEntry(page);
    return script == null ? null : script.getValue();
  }
}
