package archive;

import archive.Finding.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Proves or disproves that the bucket holds every listed document, once and whole. Asks the bucket
 * alone: reads all manifests, lists all objects, and compares.
 *
 * <p>It may run beside an instance at work. What was written between its two looks is looked at
 * again before it is called extra or missing.
 */
public final class Audit {
  /** Manifests read at once; the client needs as many connections. */
  public static final int PARALLEL = 16;

  private final S3Client s3;
  private final StoreSettings settings;
  private final Manifests manifests;

  public Audit(S3Client s3, StoreSettings settings) {
    this.s3 = s3;
    this.settings = settings;
    this.manifests = new Manifests(s3, settings);
  }

  /**
   * Audits the pages from the first to the last, both counted.
   *
   * @throws SdkException when the store does not answer
   * @throws IOException when the temporary database cannot be written
   */
  public AuditReport audit(int first, int last) throws IOException, InterruptedException {
    ExecutorService readers = Executors.newFixedThreadPool(PARALLEL);
    try (AuditTables tables = new AuditTables()) {
      Findings findings = new Findings();
      readManifests(tables, readers);
      listDocuments(tables);
      readManifests(tables, readers); // those that are new or changed since
      strangers(tables, findings);
      return judge(tables, findings, first, last);
    } catch (SQLException e) {
      throw new IOException("the audit's database failed: " + e.getMessage(), e);
    } finally {
      readers.shutdownNow();
    }
  }

  private record Read(int page, String etag, Future<Optional<List<ManifestRow>>> rows) {}

  private void readManifests(AuditTables tables, ExecutorService readers)
      throws SQLException, InterruptedException {
    Queue<Read> underWay = new ArrayDeque<>();
    for (S3Object object : objects(settings.manifestPrefix())) {
      OptionalInt page = manifests.page(object.key());
      if (page.isPresent() && !tables.isRead(page.getAsInt(), object.eTag())) {
        int number = page.getAsInt();
        underWay.add(new Read(number, object.eTag(), readers.submit(() -> manifests.read(number))));
      }
      if (underWay.size() >= 2 * PARALLEL) {
        take(tables, underWay.remove());
      }
    }
    while (!underWay.isEmpty()) {
      take(tables, underWay.remove());
    }
  }

  private static void take(AuditTables tables, Read read)
      throws SQLException, InterruptedException {
    try {
      Optional<List<ManifestRow>> rows = read.rows().get();
      if (rows.isPresent()) {
        tables.putPage(read.page(), read.etag(), rows.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadManifestException bad) {
        tables.putBadPage(read.page(), read.etag(), bad.getMessage());
      } else if (e.getCause() instanceof SdkException store) {
        throw store;
      } else {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private void listDocuments(AuditTables tables) throws SQLException {
    for (S3Object object : objects(settings.prefix())) {
      tables.putObject(object.key(), object.size());
    }
  }

  private Iterable<S3Object> objects(String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(settings.bucket()).prefix(prefix))
        .contents();
  }

  /** What lies where only manifests may lie, and is none. */
  private void strangers(AuditTables tables, Findings findings) {
    for (S3Object object : objects(settings.manifestPrefix())) {
      if (manifests.page(object.key()).isEmpty()) {
        findings.add(Kind.EXTRA, null, null, object.key(), "not the name of a manifest");
      }
    }
  }

  private AuditReport judge(AuditTables tables, Findings findings, int first, int last)
      throws SQLException {
    extras(tables, findings);
    pages(tables, findings, first, last);
    objects(tables, findings, first, last);
    String range = " FROM pages WHERE page BETWEEN ? AND ?";
    long named =
        tables.number(
            "SELECT count(DISTINCT key) FROM named"
                + " WHERE page BETWEEN ? AND ? AND state = 'stored'",
            first,
            last);
    return new AuditReport(
        last - first + 1,
        tables.number("SELECT sum(rows)" + range, first, last),
        named - findings.count(Kind.MISSING),
        tables.number("SELECT sum(rejected)" + range, first, last),
        tables.number("SELECT sum(gone)" + range, first, last),
        findings.counts(),
        findings.examples());
  }

  private static void extras(AuditTables tables, Findings findings) throws SQLException {
    tables.each(
        "SELECT o.key FROM objects o WHERE NOT EXISTS (SELECT 1 FROM named n WHERE n.key = o.key)",
        line -> findings.add(Kind.EXTRA, null, null, line.getString(1), "no manifest names it"));
  }

  private static void pages(AuditTables tables, Findings findings, int first, int last)
      throws SQLException {
    int[] next = {first};
    tables.each(
        "SELECT page FROM pages WHERE page BETWEEN ? AND ? ORDER BY page",
        line -> {
          absent(findings, next[0], line.getInt(1) - 1);
          next[0] = line.getInt(1) + 1;
        },
        first,
        last);
    absent(findings, next[0], last);
    tables.each(
        "SELECT page, bad FROM pages WHERE page BETWEEN ? AND ? AND bad IS NOT NULL",
        line -> findings.add(Kind.BAD_MANIFEST, line.getInt(1), null, null, line.getString(2)),
        first,
        last);
    tables.each(
        """
        SELECT page FROM pages WHERE page BETWEEN ? AND ? AND rows = 0 AND bad IS NULL
          AND page < (SELECT max(page) FROM pages WHERE rows > 0)""",
        line ->
            findings.add(
                Kind.BAD_MANIFEST,
                line.getInt(1),
                null,
                null,
                "it has no rows, though later pages have; only pages after the last may be empty"),
        first,
        last);
    tables.each(
        """
        SELECT page, row, key, reason FROM named
        WHERE page BETWEEN ? AND ? AND state = 'failed' AND reason <> 'gone' ORDER BY page, row""",
        line ->
            findings.add(
                Kind.RETRYABLE,
                line.getInt(1),
                line.getInt(2),
                line.getString(3),
                line.getString(4)),
        first,
        last);
  }

  private static void absent(Findings findings, int from, int to) {
    for (int page = from; page <= to; page++) {
      findings.add(Kind.NO_MANIFEST, page, null, null, null);
    }
  }

  private void objects(AuditTables tables, Findings findings, int first, int last)
      throws SQLException {
    tables.each(
        """
        SELECT n.key, min(n.page), n.row, n.size FROM named n LEFT JOIN objects o ON o.key = n.key
        WHERE n.page BETWEEN ? AND ? AND n.state = 'stored' AND o.key IS NULL
        GROUP BY n.key, n.size""",
        line ->
            lookAgain(findings, line.getString(1), line.getInt(2), line.getInt(3), line.getLong(4)),
        first,
        last);
    tables.each(
        """
        SELECT n.key, n.page, n.row, n.size, o.size FROM named n JOIN objects o ON o.key = n.key
        WHERE n.page BETWEEN ? AND ? AND n.state = 'stored' AND n.size <> o.size""",
        line ->
            wrongSize(
                findings,
                line.getInt(2),
                line.getInt(3),
                line.getString(1),
                line.getLong(4),
                line.getLong(5)),
        first,
        last);
  }

  /** An object that the list lacked may have come since. */
  private void lookAgain(Findings findings, String key, int page, int row, long size) {
    try {
      long found = s3.headObject(head -> head.bucket(settings.bucket()).key(key)).contentLength();
      if (found != size) {
        wrongSize(findings, page, row, key, size, found);
      }
    } catch (NoSuchKeyException e) {
      findings.add(Kind.MISSING, page, row, key, null);
    }
  }

  private static void wrongSize(
      Findings findings, int page, int row, String key, long expected, long found) {
    findings.add(
        Kind.WRONG_SIZE, page, row, key, "%d bytes, %d expected".formatted(found, expected));
  }
}
