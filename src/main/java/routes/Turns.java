package routes;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import portal.Dialect;

/**
 * Lets no more documents of a session be under way at once than the session can take: a portal
 * whose tokens force one request after another has turns of one. Those that wait hold no worker.
 */
public final class Turns extends AsyncProcessorSupport {
  private final Executor documents;
  private final Map<Dialect.Session, Turn> turns = new ConcurrentHashMap<>();

  /**
   * @param documents where a document goes on when its turn has come
   */
  public Turns(Executor documents) {
    this.documents = documents;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Dialect.Session session = exchange.getMessage().getBody(DocumentTask.class).page().session();
    Turn turn = turns.computeIfAbsent(session, known -> new Turn(known.parallel()));
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                turn.leave();
              }
            });
    if (turn.enter(() -> documents.execute(() -> callback.done(false)))) {
      callback.done(true);
      return true;
    }
    return false;
  }

  /** The turns of one session. */
  private static final class Turn {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Turn(int parallel) {
      this.free = parallel;
    }

    /** True when the turn is there now; else it comes later, by a call. */
    synchronized boolean enter(Runnable later) {
      if (free > 0) {
        free--;
        return true;
      }
      waiting.add(later);
      return false;
    }

    synchronized void leave() {
      Runnable next = waiting.poll();
      if (next == null) {
        free++;
      } else {
        next.run();
      }
    }
  }
}
