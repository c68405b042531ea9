package monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pipeline.ManifestSource;
import store.BadManifestException;

/** Reads manifests for a caller who is waiting: several at once, with a short timeout. */
final class RowsOfPages {
  /** Callers get an answer within a second, even if the store is slow. */
  private static final long MILLIS = 700;

  private static final int THREADS = 8;
  private static final long IDLE_SECONDS = 10;

  /**
   * Enough for several callers at once; bounded, because a silent store would let the queue grow.
   */
  private static final int MOST_WAITING = 200;

  private final ManifestSource manifests;
  private final ThreadPoolExecutor readers =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "manifest-reader");
            thread.setDaemon(true);
            return thread;
          });

  RowsOfPages(ManifestSource manifests) {
    this.manifests = manifests;
    readers.allowCoreThreadTimeOut(true);
  }

  /**
   * The rows of these pages, without those of pages that have no readable manifest.
   *
   * @param needed whether the caller has no answer without them
   * @throws UnreadRowsException if the store does not respond in time, and they are needed
   */
  List<DocumentRow> rows(List<Integer> pages, boolean needed) {
    List<CompletableFuture<List<DocumentRow>>> reads = pages.stream().map(this::read).toList();
    List<DocumentRow> rows = new ArrayList<>();
    try {
      CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
          .get(MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      if (needed) {
        throw new UnreadRowsException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadRowsException(e);
    } finally {
      reads.forEach(read -> read.cancel(false)); // reads that have not started are no longer needed
    }
    for (CompletableFuture<List<DocumentRow>> read : reads) {
      if (read.isDone() && !read.isCompletedExceptionally()) {
        rows.addAll(read.join());
      }
    }
    return rows;
  }

  private CompletableFuture<List<DocumentRow>> read(int page) {
    try {
      return CompletableFuture.supplyAsync(() -> manifest(page), readers);
    } catch (RejectedExecutionException e) { // the queue is full, because the store is slow
      return CompletableFuture.failedFuture(e);
    }
  }

  private List<DocumentRow> manifest(int page) {
    try {
      return manifests.read(page).orElse(List.of()).stream()
          .map(row -> DocumentRow.of(page, row))
          .toList();
    } catch (BadManifestException e) {
      return List.of();
    }
  }
}
