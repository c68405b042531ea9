package pipeline;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import model.FairShare;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import portal.Dialect;

/**
 * Limits the concurrent documents of a session to what the session supports, and to its share of
 * the workers. A portal whose tokens force sequential requests gets one at a time, and a script
 * whose documents hang does not block the others. Waiting documents block no worker.
 */
public final class SessionLimiter extends AsyncProcessorSupport {
  /** Enough that the end of a round, where most workers wait for the last one, is rare. */
  private static final int TURNS_A_ROUND = 10;

  private final Executor documents;
  private final FairShare share;
  private final Map<Dialect.Session, Turn> turns = new ConcurrentHashMap<>();

  /**
   * @param documents runs a document when its turn has come
   * @param workers how many documents it runs at once now
   * @param sharers how many scripts share them now
   */
  public SessionLimiter(Executor documents, IntSupplier workers, IntSupplier sharers) {
    this.documents = documents;
    this.share = new FairShare(workers, sharers);
  }

  /**
   * The number of documents in a round. Each one has an exchange, far larger than its row, so a
   * page that started all its documents together would hold a hundred exchanges for minutes.
   */
  public int roundSize() {
    return share.now() * TURNS_A_ROUND;
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

  /** The queue of one session. */
  private final class Turn {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final int parallel;
    private int underWay;

    Turn(int parallel) {
      this.parallel = parallel;
    }

    private boolean isFree() {
      return underWay < Math.min(parallel, share.now());
    }

    /**
     * Returns true if it is the document's turn now; otherwise {@code later} is called when it is.
     */
    synchronized boolean enter(Runnable later) {
      if (isFree()) {
        underWay++;
        return true;
      }
      waiting.add(later);
      return false;
    }

    synchronized void leave() {
      underWay--;
      while (isFree() && !waiting.isEmpty()) {
        underWay++;
        waiting.poll().run();
      }
    }
  }
}
