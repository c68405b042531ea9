package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return 0;
    }
  }

  @Test
  void aFullDatabaseIsWrittenAgainWhenThereIsRoom() throws Exception {
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
  void anAccompanyingChangeIsWrittenInTheTransactionOfTheNextOne() throws Exception {
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
  void anAccompanyingChangeIsWrittenAtTheEnd() throws Exception {
    try (Connection connection = table()) {
      try (GroupCommit writer = new GroupCommit(connection, GroupCommit.thread())) {
        writer.along(c -> execute(c, "INSERT INTO t VALUES (1)"));
      }
      assertThat(rows(connection)).isEqualTo(1);
    }
  }

  @Test
  void aChangeIsWrittenHoweverManyAccompanyIt() throws Exception {
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
  void anInMemoryFailureOfOneChangeDoesNotAffectTheOthers() throws Exception {
    ExecutorService thread = GroupCommit.thread();
    CountDownLatch bothAreQueued = new CountDownLatch(1);
    List<Integer> inMemory = new ArrayList<>();
    try (Connection connection = table();
        GroupCommit writer = new GroupCommit(connection, thread)) {
      thread.submit(
          () -> {
            bothAreQueued.await();
            return null;
          });
      CompletableFuture<Integer> bad =
          writer.submit(
              c -> execute(c, "INSERT INTO t VALUES (1)"),
              done -> {
                throw new IndexOutOfBoundsException("no such page");
              });
      CompletableFuture<Integer> good =
          writer.submit(c -> execute(c, "INSERT INTO t VALUES (2)"), inMemory::add);
      bothAreQueued.countDown();
      assertThat(bad).failsWithin(TIMEOUT);
      assertThat(good).succeedsWithin(TIMEOUT);
      assertThat(inMemory).hasSize(1);
      assertThat(rows(connection)).isEqualTo(2);
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
