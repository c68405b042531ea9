package pipeline;

import java.util.List;
import portal.Row;

/**
 * The documents of a page that are taken up together. A page sends one round after another until
 * none of its documents is open.
 */
public final class Round {
  private final Page page;
  private final List<DocumentTask> tasks;
  private volatile boolean cutShort;

  Round(Page page, List<Row> rows) {
    this.page = page;
    this.tasks = rows.stream().map(row -> new DocumentTask(this, row)).toList();
  }

  /** The page in work. */
  public Page page() {
    return page;
  }

  /** Its documents, at least one. */
  public List<DocumentTask> tasks() {
    return tasks;
  }

  /** Begins no further document of the round: the outcome of one of them forbids it. */
  void cutShort() {
    cutShort = true;
  }

  /** Whether another document of the round is to be begun. */
  boolean wantsMore() {
    return !cutShort && !page.stop().isStopped();
  }
}
