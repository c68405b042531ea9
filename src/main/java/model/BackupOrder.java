package model;

import java.util.Comparator;

/** The order in which backups are deleted. */
public final class BackupOrder {
  private BackupOrder() {}

  /**
   * The oldest first, but before them any that are dated later than the newest, since the clock was
   * ahead when they were made.
   *
   * @param newest the name of the backup that was just made; all names contain their time at the
   *     same position
   */
  public static Comparator<String> firstToGo(String newest) {
    return Comparator.<String, Boolean>comparing(name -> name.compareTo(newest) <= 0)
        .thenComparing(Comparator.naturalOrder());
  }
}
