package pipeline;

import model.LogContext;
import store.StoreCalls;

/**
 * What a thread is at work on. Camel may carry a page on with another thread at every step, so each
 * step says it anew: its lines of the log are then the script's, and its calls of the store end
 * when the script stops.
 */
public final class WorkContext {
  private final StoreCalls storeCalls;

  public WorkContext(StoreCalls storeCalls) {
    this.storeCalls = storeCalls;
  }

  void script(int id) {
    LogContext.script(id);
  }

  void page(Page page) {
    LogContext.script(page.script());
    LogContext.page(page.number());
    storeCalls.begin(page.stopSignal());
  }

  void document(DocumentTask task) {
    page(task.page());
    LogContext.document(task.id());
  }

  /** The thread has done with it. */
  void leave() {
    storeCalls.end();
    LogContext.clear();
  }
}
