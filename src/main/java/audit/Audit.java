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
import java.util.concurrent.Future;
import platform.Threads;
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
  private final Bucket bucket;
  private final Manifests manifests;
  private final List<Manifests> further;
  private final AuditOptions options;

  public Audit(Store store, AuditOptions options) {
    this.bucket = store.bucket();
    this.manifests = store.manifests();
    this.further = store.furtherManifests();
    this.options = options;
  }

  /**
   * Audits these pages.
   *
   * @throws StoreException when the store does not answer, or its response is not a list
   * @throws IOException when the temporary database cannot be written
   */
  public AuditReport audit(Scope scope) throws IOException, InterruptedException {
    ExecutorService readers = Threads.scheduled("audit", options.parallel());
    try (AuditTables tables = new AuditTables(options.hashes().any())) {
      Refusals refusals = Refusals.some();
      readManifests(manifests, 0, tables, readers, scope.plan().pages(), refusals);
      readFurther(tables, readers);
      listDocuments(tables);
      // those that are new or have changed since
      Set<Integer> late = readManifests(manifests, 0, tables, readers, 0, refusals);
      readFurther(tables, readers);
      options.progress().at(AuditProgress.Step.COMPARING, 0, 0);
      tables.index();
      return compare(tables, scope, late, readers);
    } catch (SQLException e) {
      throw new IOException("the audit's database failed: " + e.getMessage(), e);
    } finally {
      readers.shutdownNow();
    }
  }

  private AuditReport compare(
      AuditTables tables, Scope scope, Set<Integer> late, ExecutorService readers)
      throws SQLException, IOException, InterruptedException {
    CoveredPages covered = new CoveredPages(scope, tables);
    Findings findings = new Findings();
    new Extras(tables, manifests, further, options, findings).find();
    Comparison comparison =
        new Comparison(tables, bucket::size, late, covered, findings, options.repairs());
    comparison.compare();
    HashCheck hashes =
        new HashCheck(tables, bucket, manifests, options, covered, comparison, readers);
    if (options.hashes().any()) {
      hashes.run();
    }
    return new ReportWriter(tables, covered, findings).report(comparison, hashes);
  }

  private record Read(AuditTables.Listed manifest, Future<Optional<List<ManifestRow>>> rows) {}

  /**
   * Every manifest must be readable here, because no finding could report a page of a further
   * harvest.
   */
  private void readFurther(AuditTables tables, ExecutorService readers)
      throws SQLException, InterruptedException {
    for (int i = 0; i < further.size(); i++) {
      readManifests(further.get(i), i + 1, tables, readers, 0, Refusals.none());
    }
  }

  /**
   * Reads the manifests that are new or have changed, and returns their pages.
   *
   * @param expected how many there may be
   */
  private Set<Integer> readManifests(
      Manifests from,
      int harvest,
      AuditTables tables,
      ExecutorService readers,
      int expected,
      Refusals refusals)
      throws SQLException, InterruptedException {
    Set<Integer> taken = new HashSet<>();
    Queue<Read> underWay = new ArrayDeque<>();
    for (StoredObject object : from.objects()) {
      OptionalInt page = from.page(object.key());
      if (page.isEmpty()) {
        continue;
      }
      AuditTables.Listed manifest =
          new AuditTables.Listed(
              AuditTables.page(harvest, page.getAsInt()), object.etag(), object.modified());
      if (!tables.isRead(manifest)) {
        taken.add(page.getAsInt());
        underWay.add(new Read(manifest, readers.submit(() -> from.read(page.getAsInt()))));
        options.progress().at(AuditProgress.Step.MANIFESTS, taken.size(), expected);
      }
      if (underWay.size() >= 2 * options.parallel()) {
        take(tables, underWay.remove(), refusals);
      }
    }
    while (!underWay.isEmpty()) {
      take(tables, underWay.remove(), refusals);
    }
    refusals.end();
    return taken;
  }

  private static void take(AuditTables tables, Read read, Refusals refusals)
      throws SQLException, InterruptedException {
    try {
      Optional<List<ManifestRow>> rows = read.rows().get();
      refusals.given();
      if (rows.isPresent()) {
        tables.putPage(read.manifest(), rows.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadManifestException bad) {
        refusals.given();
        tables.putBadPage(read.manifest(), String.valueOf(bad.getMessage()));
      } else {
        tables.putBadPage(read.manifest(), refusals.refused(e));
      }
    }
  }

  private void listDocuments(AuditTables tables) throws SQLException {
    long listed = 0;
    for (StoredObject object : bucket.documents()) {
      if (!object.isFolderMarker()) {
        tables.putObject(object);
        options.progress().at(AuditProgress.Step.OBJECTS, ++listed, 0);
      }
    }
  }
}
