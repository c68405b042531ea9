package ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** Checks what a ledger or a backup of one holds, and tells damage from other failures. */
final class LedgerContent {
  private LedgerContent() {}

  /**
   * Checks it.
   *
   * @return false if there was not time for all
   * @throws DamagedLedgerException if it must not be used
   * @throws SQLException if it cannot be read now
   */
  static boolean check(SQLiteDataSource source, Duration longest) throws SQLException {
    try (Connection connection = source.getConnection()) {
      boolean whole = quickCheck(connection, longest);
      requireLedger(connection);
      LedgerSchema.requireKnown(source);
      return whole;
    } catch (SQLException e) {
      throw damageOr(e, e);
    } catch (FlywayException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw damageOr(sql, e);
      }
      throw new DamagedLedgerException(words(e), e);
    }
  }

  static SQLException damageOr(SQLException cause, Exception thrown) {
    if (isDamage(cause)) {
      throw new DamagedLedgerException(words(thrown), thrown);
    }
    return cause;
  }

  private static boolean isDamage(SQLException e) {
    return e.getErrorCode() == SQLiteErrorCode.SQLITE_CORRUPT.code
        || e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code
        || e.getErrorCode() == SQLiteErrorCode.SQLITE_ERROR.code;
  }

  private static String words(Exception e) {
    return e instanceof SQLException damage
            && damage.getErrorCode() == SQLiteErrorCode.SQLITE_CORRUPT.code
        ? "it is damaged: cut off or overwritten"
        : String.valueOf(e.getMessage()).lines().findFirst().orElse("it cannot be read");
  }

  /**
   * Checks the whole content.
   *
   * @return false if there was not time for all
   * @throws DamagedLedgerException if something is wrong with it
   */
  static boolean quickCheck(Connection connection, Duration longest) throws SQLException {
    Timer timer = new Timer("ledger-check", true);
    try (Statement statement = connection.createStatement()) {
      timer.schedule(interrupt(statement), longest.toMillis());
      try (ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (rows.next() && !rows.getString(1).equals("ok")) {
          String found = rows.getString(1).replaceAll("\\s+", " ").strip();
          throw new DamagedLedgerException("it is damaged (%s)".formatted(found));
        }
        return true;
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
        return false;
      }
      throw e;
    } finally {
      timer.cancel();
    }
  }

  private static TimerTask interrupt(Statement statement) {
    return new TimerTask() {
      @Override
      public void run() {
        try {
          statement.cancel();
        } catch (SQLException e) {
          // the check has ended meanwhile
        }
      }
    };
  }

  /** A database with other tables belongs to another program. */
  private static void requireLedger(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT count(*), sum(name = 'flyway_schema_history') FROM sqlite_master"
                    + " WHERE type = 'table'")) {
      if (tables.next() && tables.getInt(1) > 0 && tables.getInt(2) == 0) {
        throw new DamagedLedgerException("it is a database, but not a ledger");
      }
    }
  }
}
