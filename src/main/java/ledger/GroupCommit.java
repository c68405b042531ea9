package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

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

  private record Entry<T>(Change<T> change, CompletableFuture<T> done, List<T> result) {
    void apply(Connection connection) throws SQLException {
      result.add(change.apply(connection));
    }

    void committed() {
      done.complete(result.get(0));
    }
  }

  private final Connection connection;
  private final BlockingQueue<Entry<?>> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile boolean closed;

  /**
   * @param connection used by this writer only, in auto-commit mode
   */
  GroupCommit(Connection connection) {
    this.connection = connection;
    this.writer = new Thread(this::write, "ledger-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /** Queues the change without waiting for it. */
  <T> CompletableFuture<T> submit(Change<T> change) {
    CompletableFuture<T> done = new CompletableFuture<>();
    queue.add(new Entry<>(change, done, new ArrayList<>(1)));
    return done;
  }

  /** Applies the change, and returns when it is on disk. */
  <T> T commit(Change<T> change) {
    CompletableFuture<T> done = submit(change);
    if (closed) {
      throw new LedgerException("the ledger is closed", null);
    }
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("interrupted while the ledger was written", e);
    } catch (ExecutionException e) {
      throw new LedgerException("the ledger could not be written: " + e.getCause(), e.getCause());
    }
  }

  private void write() {
    List<Entry<?>> group = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        continue; // close() interrupts the wait: check again
      }
      queue.drainTo(group, LARGEST_GROUP);
      writeTogether(group);
      group.clear();
    }
  }

  private void writeTogether(List<Entry<?>> group) {
    try {
      execute("BEGIN IMMEDIATE");
      for (Entry<?> entry : group) {
        entry.apply(connection);
      }
      execute("COMMIT");
      group.forEach(Entry::committed);
    } catch (SQLException | RuntimeException e) {
      rollback(e);
      group.forEach(entry -> entry.done().completeExceptionally(e));
    }
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
    closed = true;
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
