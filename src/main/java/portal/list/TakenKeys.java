package portal.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import model.Digests;
import platform.OwnerOnly;

/**
 * Finds records that give their document a key under which another record's document lies. Only one
 * of the two could be stored, and nothing would say that the other is lacking.
 */
final class TakenKeys {
  private static final String KEY = "key";

  /** Deleted by the driver, wherever it keeps such files; memory stays flat for any list. */
  private static final String TEMPORARY = "jdbc:sqlite:";

  private static final String TAKEN =
      """
      SELECT r.record FROM claims r
        JOIN (SELECT id, min(record) AS first FROM claims GROUP BY id
          HAVING min(address) <> max(address)) shared ON shared.id = r.id
        JOIN claims f ON f.record = shared.first
      WHERE r.address <> f.address""";

  private TakenKeys() {}

  /**
   * What a record says.
   *
   * @param id of its document
   * @param address what its address alone would make the id
   */
  record Claim(String id, String address) {}

  /**
   * The numbers, from 0, of the records whose id another record before them has for another
   * address. Reading a million records for that takes half a minute, so the result is kept beside
   * the list.
   *
   * @param settings what the claims depend on, besides the list
   * @param claim reads a record; empty if its document is not fetched
   */
  static BitSet find(
      HarvestList list, String settings, Function<ListRecord, Optional<Claim>> claim) {
    Optional<BitSet> known = kept(list.taken(), settings);
    if (known.isPresent()) {
      return known.get();
    }
    BitSet taken =
        list.mayName(KEY)
            ? compared(list, claim)
            : new BitSet(); // an address alone never leads to another one's id
    keep(list.taken(), settings, taken);
    return taken;
  }

  private static Optional<BitSet> kept(Path file, String settings) {
    try {
      List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
      if (lines.isEmpty() || !lines.get(0).equals(settings)) {
        return Optional.empty();
      }
      BitSet taken = new BitSet();
      lines.stream().skip(1).forEach(number -> taken.set(Integer.parseInt(number)));
      return Optional.of(taken);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(Path file, String settings, BitSet taken) {
    Stream<String> numbers = taken.stream().mapToObj(Integer::toString);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      OwnerOnly.file(next);
      Files.write(next, (Iterable<String>) Stream.concat(Stream.of(settings), numbers)::iterator);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BitSet compared(HarvestList list, Function<ListRecord, Optional<Claim>> claim) {
    BitSet taken = new BitSet();
    try (Connection database = DriverManager.getConnection(TEMPORARY);
        Statement statement = database.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE claims (record INTEGER PRIMARY KEY, id INTEGER, address INTEGER)");
      database.setAutoCommit(false);
      put(list, claim, database);
      try (ResultSet found = statement.executeQuery(TAKEN)) {
        while (found.next()) {
          taken.set(found.getInt(1));
        }
      }
      return taken;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("the keys of the list could not be compared: " + e.getMessage(), e));
    }
  }

  private static void put(
      HarvestList list, Function<ListRecord, Optional<Claim>> claim, Connection database)
      throws SQLException {
    try (PreparedStatement put = database.prepareStatement("INSERT INTO claims VALUES (?, ?, ?)")) {
      int number = 0;
      for (int page = 1; page <= list.lastPage(); page++) {
        for (ListRecord record : list.page(page)) {
          Optional<Claim> claimed = claim.apply(record);
          if (claimed.isPresent()) {
            put.setInt(1, number);
            put.setLong(2, number(claimed.get().id()));
            put.setLong(3, number(claimed.get().address()));
            put.addBatch();
          }
          number++;
        }
        put.executeBatch();
      }
    }
  }

  /** Stands for a text, to save memory. */
  private static long number(String text) {
    byte[] digest = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong();
  }
}
