package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The only writer of the ledger. Changes that arrive while a transaction is being written to disk
 * share the next one. A caller returns when its own change is on disk, and a hundred callers cost
 * one sync.
 */
final class GroupCommit implements AutoCloseable {
  private static final int LARGEST_GROUP = 1_000;

  /** One change, run on the writer's thread within a transaction. */
  @FunctionalInterface
  interface Change<T> {
    T apply(Connection connection) throws SQLException;
  }

  private record Entry<T>(
      Change<T> change, Consumer<T> onDisk, CompletableFuture<T> done, List<T> result) {
    void apply(Connection connection) throws SQLException {
      result.add(change.apply(connection));
    }

    /** The whole group is on disk: if one entry fails in memory, the others still succeed. */
    void committed() {
      try {
        onDisk.accept(result.get(0));
        done.complete(result.get(0));
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    }
  }

  private final Connection connection;
  private final BlockingQueue<Entry<?>> queue = new LinkedBlockingQueue<>();
  private final ExecutorService writer;

  /**
   * @param connection used by this writer only, in auto-commit mode
   * @param writer runs one task at a time; ends with this
   */
  GroupCommit(Connection connection, ExecutorService writer) {
    this.connection = connection;
    this.writer = writer;
  }

  /** The thread that writes a ledger. */
  static ExecutorService thread() {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, "ledger-writer");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Queues the change without waiting for it. */
  <T> CompletableFuture<T> submit(Change<T> change) {
    return submit(change, result -> {});
  }

  /**
   * Queues a change that is written together with the next other change, or at the end, so that it
   * needs no sync of its own.
   */
  void along(Change<Integer> change) {
    if (!writer.isShutdown()) {
      queue.add(new Entry<>(change, result -> {}, new CompletableFuture<>(), new ArrayList<>(1)));
    }
  }

  /** Queues the change without waiting for it; see {@link #commit(Change, Consumer)}. */
  <T> CompletableFuture<T> submit(Change<T> change, Consumer<T> onDisk) {
    CompletableFuture<T> done = new CompletableFuture<>();
    queue.add(new Entry<>(change, onDisk, done, new ArrayList<>(1)));
    try {
      writer.execute(this::write);
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(new LedgerException("the ledger is closed", null));
    }
    return done;
  }

  /** Applies the change, and returns when it is on disk. */
  <T> T commit(Change<T> change) {
    return commit(change, result -> {});
  }

  /**
   * Applies the change, and returns when it is on disk.
   *
   * @param onDisk called before that, with the result, on the writer's thread: what is kept in
   *     memory follows the changes in their order, whichever caller's thread wakes up first
   */
  <T> T commit(Change<T> change, Consumer<T> onDisk) {
    CompletableFuture<T> done = submit(change, onDisk);
    if (writer.isShutdown()) {
      throw new LedgerException("the ledger is closed", null);
    }
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("interrupted while the ledger was written", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      Object words = cause instanceof SQLException ? cause.getMessage() : cause;
      throw new LedgerException("the ledger could not be written: " + words, cause);
    }
  }

  /**
   * Writes everything that is queued: changes queued with {@link #along} trigger no write
   * themselves, and may fill more than one group.
   */
  private void write() {
    List<Entry<?>> group = new ArrayList<>();
    while (queue.drainTo(group, LARGEST_GROUP) > 0) {
      writeTogether(group);
      group = new ArrayList<>();
    }
  }

  private void writeTogether(List<Entry<?>> group) {
    try {
      execute("BEGIN IMMEDIATE");
      for (Entry<?> entry : group) {
        entry.apply(connection);
      }
      execute("COMMIT");
    } catch (SQLException | RuntimeException e) {
      rollback(e);
      group.forEach(entry -> entry.done().completeExceptionally(e));
      return;
    }
    group.forEach(Entry::committed);
  }

  /** Ignores a failure: SQLite may have rolled back itself, for example on a full disk. */
  private void rollback(Exception cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Used instead of the driver's transactions, which do not restart after SQLite has rolled back by
   * itself.
   */
  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes all queued changes, then ends. */
  @Override
  public void close() {
    if (!queue.isEmpty() && !writer.isShutdown()) {
      writer.execute(this::write);
    }
    writer.shutdown();
    try {
      writer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
