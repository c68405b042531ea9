package audit;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import model.Distribution;
import model.PageRange;
import store.BadManifestException;
import store.Bucket;
import store.ManifestRow;
import store.Manifests;
import store.Store;
import store.StoreException;
import store.StoredObject;

/**
 * Checks whether the bucket holds every listed document, once and intact. Uses the bucket alone:
 * reads all manifests, lists all objects, and compares.
 *
 * <p>It may run while an instance is working. What was written between reading and listing is
 * checked again before it is reported as extra or missing.
 */
public final class Audit {
  /** Manifests read at once; the client needs as many connections. */
  public static final int PARALLEL = 16;

  private final Bucket bucket;
  private final Manifests manifests;

  public Audit(Store store) {
    this.bucket = store.bucket();
    this.manifests = store.manifests();
  }

  /**
   * Audits these pages.
   *
   * @param plan how many documents its pages hold, where the portal names no total
   * @throws StoreException when the store does not answer
   * @throws IOException when the temporary database cannot be written
   */
  public AuditReport audit(PageRange pages, Distribution plan)
      throws IOException, InterruptedException {
    ExecutorService readers = Executors.newFixedThreadPool(PARALLEL);
    try (AuditTables tables = new AuditTables()) {
      readManifests(tables, readers);
      listDocuments(tables);
      Set<Integer> late = readManifests(tables, readers); // new or changed since the first reading
      tables.index();
      Comparison comparison =
          new Comparison(tables, bucket::size, late, pages, new ListedRows(tables, plan));
      strangers(comparison);
      return comparison.report();
    } catch (SQLException e) {
      throw new IOException("the audit's database failed: " + e.getMessage(), e);
    } finally {
      readers.shutdownNow();
    }
  }

  private record Read(AuditTables.Listed manifest, Future<Optional<List<ManifestRow>>> rows) {}

  /** Reads the manifests that are new or have changed, and returns their pages. */
  private Set<Integer> readManifests(AuditTables tables, ExecutorService readers)
      throws SQLException, InterruptedException {
    Set<Integer> taken = new HashSet<>();
    Queue<Read> underWay = new ArrayDeque<>();
    for (StoredObject object : manifests.objects()) {
      Optional<AuditTables.Listed> manifest = listed(object);
      if (manifest.isPresent() && !tables.isRead(manifest.get())) {
        int page = manifest.get().page();
        taken.add(page);
        underWay.add(new Read(manifest.get(), readers.submit(() -> manifests.read(page))));
      }
      if (underWay.size() >= 2 * PARALLEL) {
        take(tables, underWay.remove());
      }
    }
    while (!underWay.isEmpty()) {
      take(tables, underWay.remove());
    }
    return taken;
  }

  private Optional<AuditTables.Listed> listed(StoredObject object) {
    OptionalInt page = manifests.page(object.key());
    return page.isPresent()
        ? Optional.of(new AuditTables.Listed(page.getAsInt(), object.etag(), object.modified()))
        : Optional.empty();
  }

  private static void take(AuditTables tables, Read read)
      throws SQLException, InterruptedException {
    try {
      Optional<List<ManifestRow>> rows = read.rows().get();
      if (rows.isPresent()) {
        tables.putPage(read.manifest(), rows.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadManifestException bad) {
        tables.putBadPage(read.manifest(), String.valueOf(bad.getMessage()));
      } else if (e.getCause() instanceof StoreException store) {
        throw store;
      } else {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private void listDocuments(AuditTables tables) throws SQLException {
    for (StoredObject object : bucket.documents()) {
      if (!object.isFolderMarker()) {
        tables.putObject(object.key(), object.size());
      }
    }
  }

  /** Reports objects under the manifest prefix that are not manifests. */
  private void strangers(Comparison comparison) {
    for (StoredObject object : manifests.objects()) {
      if (manifests.page(object.key()).isEmpty() && !object.isFolderMarker()) {
        comparison.stranger(object.key());
      }
    }
  }
}
