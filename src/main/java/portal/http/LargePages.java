package portal.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import model.StopSignal;
import model.Validators;
import org.jspecify.annotations.Nullable;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.Row;

/**
 * Lets only one thread at a time hold a large page in memory, from its first MiB until it has been
 * processed: a page needs several times its size, and all scripts may list one at the same time.
 * Thread-safe.
 */
public final class LargePages {
  /** The size, in bytes, above which a page is large. */
  static final int LARGE = 1 << 20;

  private @Nullable Thread holder;
  private CompletableFuture<Void> left = new CompletableFuture<>();

  /**
   * This thread is about to read a large page. Waits while another thread holds one.
   *
   * @throws java.util.concurrent.CancellationException if the script stops
   */
  void enter(StopSignal stop) {
    Optional<CompletableFuture<Void>> taken = tryEnter();
    while (taken.isPresent()) {
      stop.await(taken.get());
      taken = tryEnter();
    }
  }

  private synchronized Optional<CompletableFuture<Void>> tryEnter() {
    if (holder == null) {
      holder = Thread.currentThread();
    }
    return holder == Thread.currentThread() ? Optional.empty() : Optional.of(left);
  }

  /** This thread has finished with its large page, if it had one. */
  synchronized void leave() {
    if (holder == Thread.currentThread()) {
      holder = null;
      CompletableFuture<Void> waiting = left;
      left = new CompletableFuture<>();
      waiting.complete(null);
    }
  }

  /** Wraps a session: when one of its calls ends, the thread has finished with its large page. */
  public Dialect.Session around(Dialect.Session session) {
    return new Dialect.Session() {
      @Override
      public int parallel() {
        return session.parallel();
      }

      @Override
      public Listing list(int page) {
        try {
          return session.list(page);
        } finally {
          leave();
        }
      }

      @Override
      public Listing listFromSource(int page) {
        try {
          return session.listFromSource(page);
        } finally {
          leave();
        }
      }

      @Override
      public void recall(int page) {
        session.recall(page);
      }

      @Override
      public Download fetch(Row row, Path spool) {
        try {
          return session.fetch(row, spool);
        } finally {
          leave();
        }
      }

      @Override
      public Optional<Download> fetchIfChanged(Row row, Path spool, Validators stored) {
        try {
          return session.fetchIfChanged(row, spool, stored);
        } finally {
          leave();
        }
      }

      @Override
      public void answer(String captcha) {
        try {
          session.answer(captcha);
        } finally {
          leave();
        }
      }
    };
  }
}
