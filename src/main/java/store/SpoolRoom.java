package store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import model.Failure;
import model.FailureClassifier;
import model.StopSignal;
import model.Ticker;

/**
 * The room in the spool. A download begins only when it fits, so that documents never fill the disk
 * while the store does not accept them. Thread-safe.
 */
public final class SpoolRoom {
  /** How long a portal is kept waiting with its answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** There was no room for a document in time, which says nothing about the document. */
  public static final class FullException extends RuntimeException
      implements FailureClassifier.SelfExplaining {
    private static final long serialVersionUID = 1L;

    private FullException(String message) {
      super(message);
    }

    @Override
    public Failure failure() {
      return Failure.of(Failure.Kind.DISK, String.valueOf(getMessage()));
    }
  }

  private final long most;
  private final Ticker ticker;
  private final Map<Path, Long> kept = new HashMap<>();
  private long sum;
  private long lacking;
  private CompletableFuture<Void> freed = new CompletableFuture<>();

  /**
   * @param most the most bytes that the spool may hold
   */
  public SpoolRoom(long most, Ticker ticker) {
    this.most = most;
    this.ticker = ticker;
  }

  /** The most bytes that the spool may hold, and therefore a document. */
  public long most() {
    return most;
  }

  /**
   * Keeps room for a file, in place of what was kept for it before. Waits a while for it.
   *
   * @throws FullException if there is none
   */
  public void keep(Path file, long bytes, StopSignal stop) {
    Optional<CompletableFuture<Void>> change = keepNow(file, bytes);
    if (change.isEmpty()) {
      return;
    }
    CompletableFuture<Object> over = new CompletableFuture<>();
    Ticker.Timer timer = ticker.after(TIMEOUT, () -> over.complete(over));
    try {
      while (change.isPresent()) {
        stop.await(CompletableFuture.anyOf(change.get(), over));
        if (over.isDone()) {
          throw full(bytes);
        }
        change = keepNow(file, bytes);
      }
    } finally {
      timer.cancel();
    }
  }

  /** Keeps the room if there is enough; otherwise returns what completes when there is more. */
  private synchronized Optional<CompletableFuture<Void>> keepNow(Path file, long bytes) {
    long before = kept.getOrDefault(file, 0L);
    if (sum - before + bytes > most) {
      return Optional.of(freed);
    }
    kept.put(file, bytes);
    sum += bytes - before;
    lacking = 0;
    return Optional.empty();
  }

  private synchronized FullException full(long bytes) {
    lacking = bytes;
    return exception();
  }

  private FullException exception() {
    return new FullException(
        String.format(
            Locale.ROOT,
            "the spool holds %,d bytes that the store has not taken, and %,d more do not fit (harvest.spool-max-bytes %,d)",
            sum,
            lacking,
            most));
  }

  /**
   * Checks, before a document is requested, that there is room for the last one that did not fit.
   *
   * @throws FullException if there is none
   */
  public synchronized void require() {
    if (lacking > 0 && sum + lacking > most) {
      throw exception();
    }
    lacking = 0;
  }

  /** Keeps room for a file if there is enough now. */
  public boolean tryKeep(Path file, long bytes) {
    return keepNow(file, bytes).isEmpty();
  }

  /** The file has another name now. */
  public synchronized void moved(Path from, Path to) {
    Long bytes = kept.remove(from);
    Long before = bytes == null ? null : kept.put(to, bytes);
    sum -= before == null ? 0 : before;
  }

  /** The file is complete, with this size. */
  public synchronized void has(Path file, long bytes) {
    sum += bytes - kept.getOrDefault(file, 0L);
    kept.put(file, bytes);
    tell();
  }

  /** The file is deleted. */
  public synchronized void free(Path file) {
    Long bytes = kept.remove(file);
    if (bytes != null) {
      sum -= bytes;
      tell();
    }
  }

  private void tell() {
    CompletableFuture<Void> waiting = freed;
    freed = new CompletableFuture<>();
    waiting.complete(null);
  }
}
