package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the instance remembers across restarts besides pages and documents. Thread-safe. */
public final class InstanceMemory {
  /** What was stored on a day. */
  public record DayCount(long documents, long bytes) {
    public static final DayCount NONE = new DayCount(0, 0);
  }

  private final Connection readConnection;
  private final Connection writeConnection;
  private final GroupCommit writer;
  private final InstantSource clock;
  private final PreparedStatement countStored;
  private final Map<String, Long> errors = new ConcurrentHashMap<>();

  InstanceMemory(
      Connection readConnection,
      Connection writeConnection,
      GroupCommit writer,
      InstantSource clock)
      throws SQLException {
    this.readConnection = readConnection;
    this.writeConnection = writeConnection;
    this.writer = writer;
    this.clock = clock;
    this.countStored =
        writeConnection.prepareStatement(
            "INSERT INTO day_counts (day, documents, bytes) VALUES (?, 1, ?)"
                + " ON CONFLICT (day) DO UPDATE SET documents = documents + 1,"
                + " bytes = bytes + excluded.bytes");
    read("SELECT kind, count FROM errors", row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(error -> errors.put(error.getKey(), error.getValue()));
  }

  /** Records whether scripts are running, for the next process. */
  public void setRunning(Collection<Integer> scripts, boolean running) {
    String sql =
        running
            ? "INSERT OR IGNORE INTO running_scripts (script) VALUES (?)"
            : "DELETE FROM running_scripts WHERE script = ?";
    writer.commit(
        c -> {
          for (int script : scripts) {
            write(sql, script);
          }
          return scripts.size();
        });
  }

  /** The scripts that were running when the instance last ended. */
  public Set<Integer> runningScripts() {
    return new TreeSet<>(read("SELECT script FROM running_scripts", row -> row.getInt(1)));
  }

  /** The total that the portal named last; empty if it named none. */
  public OptionalLong portalTotal() {
    return read(
            "SELECT total FROM pages WHERE total IS NOT NULL ORDER BY updated_at DESC LIMIT 1",
            row -> row.getLong(1))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /**
   * Records which harvest the ledger belongs to.
   *
   * @param identity values by configuration key
   */
  public void keepIdentity(Map<String, String> identity) {
    writer.commit(
        c -> {
          write("DELETE FROM harvest");
          for (Map.Entry<String, String> value : identity.entrySet()) {
            write(
                "INSERT INTO harvest (key, value) VALUES (?, ?)", value.getKey(), value.getValue());
          }
          return identity.size();
        });
  }

  /** The harvest that the ledger belongs to, as it was recorded; empty if it was not yet. */
  public Map<String, String> identity() {
    return read(
            "SELECT key, value FROM harvest", row -> Map.entry(row.getString(1), row.getString(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Keeps the state of a script's session with the portal. Written shortly afterwards. */
  public void keepSession(int script, String state) {
    writer.submit(
        c ->
            write(
                "INSERT INTO sessions (script, state) VALUES (?, ?)"
                    + " ON CONFLICT (script) DO UPDATE SET state = excluded.state",
                script,
                state));
  }

  /** The last state kept of a script's session with the portal; empty if none. */
  public Optional<String> session(int script) {
    return read("SELECT state FROM sessions WHERE script = ?", row -> row.getString(1), script)
        .stream()
        .findFirst();
  }

  /** Counts an error. Written shortly afterwards, so a crash may lose the last few. */
  public void countError(String kind) {
    errors.merge(kind, 1L, Long::sum);
    writer.submit(
        c ->
            write(
                "INSERT INTO errors (kind, count) VALUES (?, 1)"
                    + " ON CONFLICT (kind) DO UPDATE SET count = count + 1",
                kind));
  }

  /** The number of errors so far, by kind. */
  public Map<String, Long> errors() {
    return Map.copyOf(errors);
  }

  /**
   * Counts a stored document. It is written together with the document's own record: a separate
   * sync would keep the document waiting twice.
   *
   * @param day ISO date
   */
  public void countStored(String day, long bytes) {
    writer.along(
        c -> {
          countStored.setString(1, day);
          countStored.setLong(2, bytes);
          return countStored.executeUpdate();
        });
  }

  /** What was stored on a day, as an ISO date. */
  public DayCount storedOn(String day) {
    return read(
            "SELECT documents, bytes FROM day_counts WHERE day = ?",
            row -> new DayCount(row.getLong(1), row.getLong(2)),
            day)
        .stream()
        .findFirst()
        .orElse(DayCount.NONE);
  }

  /** Writes a dummy row, to find out whether the ledger can be written. */
  public void heartbeat() {
    writer.commit(
        c ->
            write(
                "INSERT INTO heartbeat (id, written_at) VALUES (1, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at",
                clock.millis()));
  }

  private int write(String sql, Object... values) throws SQLException {
    return Sql.update(writeConnection, sql, values);
  }

  private <T> List<T> read(String sql, Sql.RowReader<T> reader, Object... values) {
    try {
      return Sql.list(readConnection, sql, reader, values);
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }
}
