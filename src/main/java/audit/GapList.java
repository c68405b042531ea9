package audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import model.Digests;
import platform.Threads;
import store.BadManifestException;
import store.ManifestRow;
import store.Manifests;
import store.Store;
import store.StoreException;
import store.StoredObject;

/**
 * Lists the documents that failed and that no manifest has as stored, from the manifests in the
 * bucket alone: as a list that another portal type can fetch.
 */
public final class GapList {
  /** Manifests read at once; the client needs as many connections. */
  public static final int PARALLEL = 16;

  /** Prefix of the keys of documents that the source has without metadata. */
  private static final String WITHOUT_METADATA = "_opendata/";

  private static final List<String> BEFORE = List.of("court", "decision_date", "cnr", "title");
  private static final JsonMapper JSON = new JsonMapper();

  private final List<Manifests> harvests;
  private final Consumer<String> unreadable;
  private long rows;

  /**
   * @param unreadable is told about manifests that cannot be read
   */
  public GapList(Store store, Consumer<String> unreadable) {
    this.harvests = store.allManifests();
    this.unreadable = unreadable;
  }

  private record Read(String key, Future<Optional<List<ManifestRow>>> rows) {}

  /**
   * Finds them, in the order of the manifests.
   *
   * @param line takes a JSON object each
   * @return how many there are
   * @throws StoreException when the store does not answer
   * @throws IOException when the temporary database cannot be written
   */
  public long find(Consumer<String> line) throws IOException, InterruptedException {
    Path file = Files.createTempFile("gap", ".db");
    file.toFile().deleteOnExit(); // for a command that is ended by a signal
    ExecutorService readers = Threads.scheduled("gap", PARALLEL);
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (Statement statement = database.createStatement()) {
        statement.executeUpdate("PRAGMA journal_mode = OFF");
        statement.executeUpdate("PRAGMA synchronous = OFF");
        statement.executeUpdate("CREATE TABLE stored (key INTEGER NOT NULL)");
        statement.executeUpdate("CREATE TABLE gaps (key INTEGER PRIMARY KEY, nth, line)");
      }
      database.setAutoCommit(false);
      read(database, readers);
      return write(database, line);
    } catch (SQLException e) {
      throw new IOException("the database of the gaps failed: " + e.getMessage(), e);
    } finally {
      readers.shutdownNow();
      Files.deleteIfExists(file);
    }
  }

  private void read(Connection database, ExecutorService readers)
      throws SQLException, InterruptedException {
    try (PreparedStatement stored = database.prepareStatement("INSERT INTO stored VALUES (?)");
        PreparedStatement gap =
            database.prepareStatement("INSERT OR IGNORE INTO gaps VALUES (?, ?, ?)")) {
      Queue<Read> underWay = new ArrayDeque<>();
      for (Manifests harvest : harvests) {
        for (StoredObject object : harvest.objects()) {
          OptionalInt page = harvest.page(object.key());
          if (page.isPresent()) {
            underWay.add(
                new Read(object.key(), readers.submit(() -> harvest.read(page.getAsInt()))));
          }
          if (underWay.size() >= 2 * PARALLEL) {
            take(underWay.remove(), stored, gap);
          }
        }
      }
      while (!underWay.isEmpty()) {
        take(underWay.remove(), stored, gap);
      }
    }
  }

  private void take(Read read, PreparedStatement stored, PreparedStatement gap)
      throws SQLException, InterruptedException {
    try {
      for (ManifestRow row : read.rows().get().orElse(List.of())) {
        if (row.isStored()) {
          stored.setLong(1, number(row));
          stored.addBatch();
        } else if (!row.isRejected() && !row.id().startsWith(WITHOUT_METADATA)) {
          gap.setLong(1, number(row));
          gap.setLong(2, rows++);
          gap.setString(3, line(row));
          gap.executeUpdate();
        }
      }
      stored.executeBatch();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadManifestException bad) {
        unreadable.accept("%s cannot be read (%s)".formatted(read.key(), bad.getMessage()));
      } else if (e.getCause() instanceof StoreException store) {
        throw store;
      } else {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Stands for the id, to save memory: there may be millions. A failed row need not have a key. */
  private static long number(ManifestRow row) {
    byte[] digest = Digests.sha256().digest(row.id().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong();
  }

  private static String line(ManifestRow row) {
    Map<String, String> gap = new LinkedHashMap<>();
    gap.put("path", GapPath.of(row));
    for (String field : BEFORE) {
      String fact = row.facts().get(field);
      if (fact != null) {
        gap.put(field, fact);
      }
    }
    gap.put("reason", String.valueOf(row.reason()));
    try {
      return JSON.writeValueAsString(gap);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long write(Connection database, Consumer<String> line) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.executeUpdate(
          "DELETE FROM gaps WHERE key IN (SELECT key FROM stored s CROSS JOIN gaps g USING (key))");
      long found = 0;
      try (ResultSet gaps = statement.executeQuery("SELECT line FROM gaps ORDER BY nth")) {
        while (gaps.next()) {
          line.accept(gaps.getString(1));
          found++;
        }
      }
      return found;
    }
  }
}
