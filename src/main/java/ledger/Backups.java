package ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import model.BackupOrder;
import platform.OwnerOnly;

/**
 * The backups of a ledger, in a folder: each is one file that can be put in the ledger's place. A
 * backup is made while the ledger is written, and counts when it has been checked completely.
 */
public final class Backups {
  private static final String NAME = "ledger-\\d{8}T\\d{6}Z\\.db";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'ledger-'yyyyMMdd'T'HHmmss'Z.db'").withZone(ZoneOffset.UTC);

  /** Longer than the check of any ledger takes. */
  private static final Duration COMPLETELY = Duration.ofHours(6);

  private static final long LEFT_FREE = 64 << 20;

  private final Path ledger;
  private final Path folder;
  private final InstantSource clock;

  /**
   * @param ledger the ledger's database
   * @param folder where the backups are; created if missing
   */
  public Backups(Path ledger, Path folder, InstantSource clock) {
    this.ledger = ledger;
    this.folder = folder;
    this.clock = clock;
  }

  /** The newest backup in a folder; empty if there is none. */
  public static Optional<Path> newest(Path folder) {
    List<Path> all = all(folder);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The backups in a folder, oldest first. */
  private static List<Path> all(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(NAME)).sorted().toList();
    } catch (IOException e) { // no folder yet
      return List.of();
    }
  }

  /**
   * The time until the newest backup is older than this; negative if it already is, or if there is
   * none. A backup dated in the future, by a clock that was ahead, does not count.
   */
  public Duration untilDue(Duration interval) {
    Instant now = clock.instant();
    return all(folder).stream()
        .map(backup -> TIME.parse(backup.getFileName().toString(), Instant::from))
        .filter(made -> !made.isAfter(now))
        .max(Comparator.naturalOrder())
        .map(made -> Duration.between(now, made.plus(interval)))
        .orElse(Duration.ofNanos(-1));
  }

  /**
   * Makes a backup, and deletes the oldest ones.
   *
   * @param kept how many are kept
   * @return its file
   * @throws DamagedLedgerException if the ledger cannot be read completely; no backup is deleted
   * @throws IOException if it cannot be written, or if it would take the last of the disk
   */
  public Path make(int kept) throws IOException {
    OwnerOnly.folder(folder);
    Path made = folder.resolve("ledger.part");
    Files.deleteIfExists(made); // of a process that was killed
    requireRoom();
    OwnerOnly.file(made);
    try {
      copy(made);
      check(made);
      try (FileChannel file = FileChannel.open(made, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      Path backup = folder.resolve(TIME.format(clock.instant()));
      Files.move(made, backup, StandardCopyOption.ATOMIC_MOVE);
      List<String> all =
          all(folder).stream()
              .map(file -> file.getFileName().toString())
              .sorted(BackupOrder.firstToGo(backup.getFileName().toString()))
              .toList();
      for (String old : all.subList(0, Math.max(0, all.size() - kept))) {
        Files.delete(folder.resolve(old));
      }
      return backup;
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private void requireRoom() throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < Files.size(ledger) + LEFT_FREE) {
      throw new IOException("only %,d MiB of the disk are left".formatted(free >> 20));
    }
  }

  /** Copies a consistent snapshot while the writer continues. */
  private void copy(Path made) throws SQLException {
    try (Connection connection = LedgerDatabase.readOnly(ledger).getConnection()) {
      Sql.update(connection, "VACUUM INTO ?", made.toString());
    } catch (SQLException e) {
      throw LedgerContent.damageOr(e, e);
    }
  }

  private static void check(Path made) throws SQLException {
    LedgerDatabase.markAsBackup(made);
    try (Connection connection = LedgerDatabase.readOnly(made).getConnection()) {
      LedgerContent.quickCheck(connection, COMPLETELY);
    }
  }
}
