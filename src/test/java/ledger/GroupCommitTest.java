package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
            .hasMessageContaining("full");
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
