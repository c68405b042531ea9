package pipeline;

import model.LogContext;
import model.StopSignal;
import store.StoreCalls;

/**
 * What a thread is working on: for a page's own thread from its first step on, for a worker per
 * document. Its log lines then belong to the script, and its calls of the store end when the script
 * stops.
 */
public final class WorkContext {
  private final StoreCalls storeCalls;

  public WorkContext(StoreCalls storeCalls) {
    this.storeCalls = storeCalls;
  }

  void script(int id) {
    LogContext.script(id);
  }

  void page(int script, int number, StopSignal stop) {
    LogContext.script(script);
    LogContext.page(number);
    storeCalls.begin(stop);
  }

  void document(DocumentTask task) {
    Page page = task.page();
    page(page.script(), page.number(), page.stop());
    LogContext.document(task.id());
  }

  /** The thread has finished. */
  void leave() {
    storeCalls.end();
    LogContext.clear();
  }
}
