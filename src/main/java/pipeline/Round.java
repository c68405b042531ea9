package pipeline;

import java.util.List;
import portal.Row;

/**
 * Documents of a page that are processed together. A page runs one round after another until none
 * of its documents is open.
 */
public final class Round {
  private final Page page;
  private final List<DocumentTask> tasks;
  private volatile boolean cutShort;

  Round(Page page, List<Row> rows) {
    this.page = page;
    this.tasks = rows.stream().map(row -> new DocumentTask(this, row)).toList();
  }

  /** The page of the round. */
  public Page page() {
    return page;
  }

  /** Its documents, at least one. */
  public List<DocumentTask> tasks() {
    return tasks;
  }

  /** Starts no further document of the round, because of the outcome of one of them. */
  void cutShort() {
    cutShort = true;
  }

  /** Whether another document of the round should be started. */
  boolean wantsMore() {
    return !cutShort && !page.stop().isStopped();
  }
}
