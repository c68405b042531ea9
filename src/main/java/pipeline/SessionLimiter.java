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
 * Lets no more documents of a session be under way at once than the session can take, and no more
 * than its share of the workers: a portal whose tokens force one request after another has turns of
 * one, and a script whose documents hang leaves the others theirs. Those that wait hold no worker.
 */
public final class SessionLimiter extends AsyncProcessorSupport {
  /** Long enough that its end, where some wait for the last, is seldom. */
  private static final int TURNS_A_ROUND = 10;

  private final Executor documents;
  private final FairShare share;
  private final Map<Dialect.Session, Turn> turns = new ConcurrentHashMap<>();

  /**
   * @param documents where a document goes on when its turn has come
   * @param workers how many documents that does at once
   * @param sharers how many scripts share them now
   */
  public SessionLimiter(Executor documents, int workers, IntSupplier sharers) {
    this.documents = documents;
    this.share = new FairShare(workers, sharers);
  }

  /**
   * How many documents of a page are taken up together. Each holds an exchange, far larger than its
   * row, from then on: a page that took up all its documents would hold a hundred for minutes.
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

  /** The turns of one session. */
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

    /** True when the turn is there now; else it comes later, by a call. */
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
