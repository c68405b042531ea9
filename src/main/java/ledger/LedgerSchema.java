package ledger;

import java.util.Arrays;
import org.flywaydb.core.api.MigrationInfo;
import org.sqlite.SQLiteDataSource;

/** Whether this program knows the schema of a ledger. */
final class LedgerSchema {
  private LedgerSchema() {}

  /**
   * Checks that this version's migrations lead from the schema of a ledger to the current one.
   *
   * @throws DamagedLedgerException if they do not
   */
  static void requireKnown(SQLiteDataSource source) {
    MigrationInfo[] all = LedgerDatabase.flyway(source).info().all();
    for (MigrationInfo migration : all) {
      switch (migration.getState()) {
        case FUTURE_SUCCESS, FUTURE_FAILED ->
            throw new DamagedLedgerException(
                "its schema is version %s, and this program knows no later one than %s (run the newer program that wrote it)"
                    .formatted(newest(all, true), newest(all, false)));
        case FAILED -> throw broken(migration, "failed");
        case MISSING_SUCCESS, MISSING_FAILED -> throw broken(migration, "is unknown");
        default -> {
          if (migration.getState().isApplied() && !migration.isChecksumMatching()) {
            throw broken(migration, "is not the one that this program has");
          }
        }
      }
    }
  }

  private static DamagedLedgerException broken(MigrationInfo migration, String what) {
    return new DamagedLedgerException(
        "its migration to version %s %s".formatted(migration.getVersion(), what));
  }

  private static String newest(MigrationInfo[] all, boolean applied) {
    return Arrays.stream(all)
        .filter(one -> applied ? one.getState().isApplied() : one.getState().isResolved())
        .map(one -> String.valueOf(one.getVersion()))
        .reduce("none", (before, after) -> after);
  }
}
