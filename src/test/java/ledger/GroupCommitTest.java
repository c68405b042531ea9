package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  @TempDir Path folder;

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return 0;
    }
  }

  @Test
  void aDatabaseThatIsFullIsWrittenAgainWhenThereIsRoom() throws Exception {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db"))) {
      execute(connection, "PRAGMA journal_mode = WAL");
      execute(connection, "CREATE TABLE t (b BLOB)");
      execute(connection, "PRAGMA max_page_count = 10");
      try (GroupCommit writer = new GroupCommit(connection, GroupCommit.thread())) {
        String large = "INSERT INTO t VALUES (zeroblob(1000000))";
        assertThatThrownBy(() -> writer.commit(c -> execute(c, large)))
            .isInstanceOf(LedgerException.class)
            .hasMessageContaining("full")
            .hasMessageNotContaining("Exception");
        assertThatThrownBy(() -> writer.commit(c -> execute(c, large)))
            .hasMessageContaining("full");

        writer.commit(c -> execute(c, "PRAGMA max_page_count = 1000000"));
        writer.commit(c -> execute(c, large));
        assertThatThrownBy(() -> writer.commit(c -> execute(c, "INSERT INTO nowhere VALUES (1)")))
            .isInstanceOf(LedgerException.class);
        writer.commit(c -> execute(c, large));
      }
      try (Statement count = connection.createStatement()) {
        assertThat(count.executeQuery("SELECT count(*) FROM t").getInt(1)).isEqualTo(2);
      }
    }
  }

  @Test
  void aChangeThatGoesAlongIsWrittenInTheTransactionOfTheNextOne() throws Exception {
    try (Connection connection = table();
        GroupCommit writer = new GroupCommit(connection, new OnTheCallersThread())) {
      writer.along(c -> execute(c, "INSERT INTO t VALUES (1)"));
      assertThat(rows(connection)).isZero();

      assertThatThrownBy(() -> writer.commit(c -> execute(c, "INSERT INTO nowhere VALUES (1)")))
          .isInstanceOf(LedgerException.class);
      assertThat(rows(connection)).isZero();

      writer.along(c -> execute(c, "INSERT INTO t VALUES (2)"));
      writer.commit(c -> execute(c, "INSERT INTO t VALUES (3)"));
      assertThat(rows(connection)).isEqualTo(2);
    }
  }

  @Test
  void aChangeThatGoesAlongIsWrittenAtTheEnd() throws Exception {
    try (Connection connection = table()) {
      try (GroupCommit writer = new GroupCommit(connection, GroupCommit.thread())) {
        writer.along(c -> execute(c, "INSERT INTO t VALUES (1)"));
      }
      assertThat(rows(connection)).isEqualTo(1);
    }
  }

  @Test
  void aChangeIsWrittenHoweverManyGoAlongBeforeIt() throws Exception {
    try (Connection connection = table();
        GroupCommit writer = new GroupCommit(connection, new OnTheCallersThread())) {
      for (int i = 0; i < 2_500; i++) {
        writer.along(c -> execute(c, "INSERT INTO t VALUES (1)"));
      }
      assertThat(writer.submit(c -> execute(c, "INSERT INTO t VALUES (2)"))).isCompleted();
      assertThat(rows(connection)).isEqualTo(2_501);
    }
  }

  @Test
  void whatOneChangeCannotDoInMemoryIsNoFailureOfTheOthers() throws Exception {
    Held thread = new Held();
    List<Integer> inMemory = new ArrayList<>();
    try (Connection connection = table()) {
      GroupCommit writer = new GroupCommit(connection, thread);
      CompletableFuture<Integer> bad =
          writer.submit(
              c -> execute(c, "INSERT INTO t VALUES (1)"),
              done -> {
                throw new IndexOutOfBoundsException("no such page");
              });
      CompletableFuture<Integer> good =
          writer.submit(c -> execute(c, "INSERT INTO t VALUES (2)"), inMemory::add);
      thread.goOn();
      assertThat(bad).isCompletedExceptionally();
      assertThat(good).isCompleted();
      assertThat(inMemory).hasSize(1);
      assertThat(rows(connection)).isEqualTo(2);
    }
  }

  /** Keeps the work, so that several changes share a transaction. */
  private static final class Held extends AbstractExecutorService {
    private final List<Runnable> work = new ArrayList<>();

    void goOn() {
      work.forEach(Runnable::run);
    }

    @Override
    public void execute(Runnable later) {
      work.add(later);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  private Connection table() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("t.db"));
    execute(connection, "CREATE TABLE t (n INTEGER)");
    return connection;
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement count = connection.createStatement()) {
      return count.executeQuery("SELECT count(*) FROM t").getInt(1);
    }
  }
}
