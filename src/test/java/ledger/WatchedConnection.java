package ledger;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;
import org.sqlite.jdbc4.JDBC4Statement;

/**
 * The only connection to a ledger, which says when it commits. It compiles each statement only
 * once, locks the file only once, and does not wait for the disk: what a process leaves when it is
 * killed is what it has written.
 */
final class WatchedConnection extends JDBC4Connection {
  private final SimulatedLedger.Commits commits;
  private final Map<String, PreparedStatement> idle = new HashMap<>();

  WatchedConnection(Path file, SimulatedLedger.Commits commits) throws SQLException {
    super("jdbc:sqlite:" + file, file.toString(), config().toProperties());
    this.commits = commits;
    Sql.execute(this, "PRAGMA synchronous = OFF");
  }

  /**
   * The file is in WAL mode already. The lock comes before anything that reads the file: then the
   * index of the WAL is in memory, and there is no third file.
   */
  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    config.setGetGeneratedKeys(false);
    return config;
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return idle == null // while the driver sets the connection up
        ? super.createStatement(type, concurrency, holdability)
        : new Watched();
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    synchronized (idle) {
      PreparedStatement known = idle.remove(sql);
      return known == null ? new Kept(sql) : known;
    }
  }

  /** A statement without values, which may be a commit. */
  private final class Watched extends JDBC4Statement {
    Watched() {
      super(WatchedConnection.this);
    }

    @Override
    public boolean execute(String sql) throws SQLException {
      boolean isCommit = sql.equals("COMMIT");
      if (sql.startsWith("BEGIN")) {
        commits.begins();
      } else if (isCommit) {
        commits.commits();
      }
      boolean result;
      try (PreparedStatement once = prepareStatement(sql)) {
        result = once.execute();
      }
      if (isCommit) {
        commits.committed();
      }
      return result;
    }
  }

  /** A statement that is used again once it was closed. */
  private final class Kept extends JDBC4PreparedStatement {
    private final String text;
    private String[] columns; // asked for once: the driver wants each name for each result

    Kept(String sql) throws SQLException {
      super(WatchedConnection.this, sql);
      this.text = sql;
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
      rs.colsMeta = columns;
      ResultSet result = super.getResultSet();
      columns = rs.colsMeta;
      return result;
    }

    @Override
    public void close() throws SQLException {
      rs.close();
      clearParameters();
      synchronized (idle) {
        if (idle.putIfAbsent(text, this) != null) {
          super.close();
        }
      }
    }
  }
}
