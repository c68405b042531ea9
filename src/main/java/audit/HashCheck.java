package audit;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import store.BadManifestException;
import store.Bucket;
import store.ManifestRow;
import store.Manifests;
import store.ObjectHash;
import store.StoreException;

/** Compares the SHA-256 of objects with those that their rows name. */
final class HashCheck {
  private static final String OBJECTS =
      """
      FROM named n INDEXED BY named_key JOIN objects o ON o.key = n.key
      WHERE n.page BETWEEN ? AND ? AND n.size IS NOT NULL
      """;

  /** What a stored row claims. */
  private record Claim(long page, int row, String sha256) {}

  /** An object whose hash was asked for. */
  private record Asked(String key, List<Claim> claims, Future<Optional<ObjectHash>> hash) {}

  private final AuditTables tables;
  private final Bucket bucket;
  private final Manifests manifests;
  private final AuditOptions options;
  private final CoveredPages covered;
  private final Comparison comparison;
  private final ExecutorService readers;
  private final HashProgress progress;
  private final Refusals refusals = Refusals.some();
  private final Queue<Asked> underWay = new ArrayDeque<>();
  private final List<Claim> claims = new ArrayList<>();
  private @Nullable String key;
  private long modified;
  private boolean isWhole;
  private long total;

  HashCheck(
      AuditTables tables,
      Bucket bucket,
      Manifests manifests,
      AuditOptions options,
      CoveredPages covered,
      Comparison comparison,
      ExecutorService readers) {
    this.tables = tables;
    this.bucket = bucket;
    this.manifests = manifests;
    this.options = options;
    this.covered = covered;
    this.comparison = comparison;
    this.readers = readers;
    this.progress = HashProgress.of(options.hashes(), covered.pages());
  }

  /** Objects whose SHA-256 was compared. */
  long compared() {
    return progress.compared();
  }

  /** Objects of which the store keeps no SHA-256. */
  long unknown() {
    return progress.unknown();
  }

  /** What was compared before an interruption; null if nothing was. */
  @Nullable Resumed resumed() {
    return progress.resumed();
  }

  void run() throws SQLException, IOException, InterruptedException {
    long[] all = new long[2];
    tables.each(
        "SELECT count(*), sum(size) FROM (SELECT o.size AS size " + OBJECTS + " GROUP BY n.key)",
        line -> {
          all[0] = line.getLong(1);
          all[1] = line.getLong(2);
        },
        covered.first(),
        covered.last());
    total = all[0];
    Subset.Selection selection = options.hashes().subset().of(all[0], all[1]);
    try {
      tables.each(
          "SELECT n.key, n.page, n.row, n.size, n.sha256, o.size, o.modified "
              + OBJECTS
              + " ORDER BY n.key, n.page, n.row",
          line -> row(line, selection),
          covered.first(),
          covered.last());
      ask(selection);
      while (!underWay.isEmpty()) {
        judge(underWay.remove());
      }
      refusals.end();
      progress.done();
    } catch (Interrupted e) {
      throw new InterruptedException();
    }
  }

  /** A JDBC callback cannot throw the checked exception. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void row(ResultSet line, Subset.Selection selection) throws SQLException {
    String next = line.getString(1);
    if (!next.equals(key)) {
      ask(selection);
      key = next;
      modified = line.getLong(7);
      isWhole = true;
    }
    isWhole &= line.getLong(4) == line.getLong(6); // else there is a finding already
    claims.add(
        new Claim(line.getLong(2), line.getInt(3), HexFormat.of().formatHex(line.getBytes(5))));
  }

  private void ask(Subset.Selection selection) throws SQLException {
    String asked = key;
    if (asked != null && selection.test(asked) && isWhole && !progress.isDone(asked, modified)) {
      List<Claim> expected = List.copyOf(claims);
      underWay.add(new Asked(asked, expected, readers.submit(() -> hash(asked))));
      if (underWay.size() >= 4 * options.parallel()) {
        judge(underWay.remove());
      }
    }
    claims.clear();
  }

  private Optional<ObjectHash> hash(String asked) {
    return options.hashes().source() == HashOptions.Source.BYTES
        ? bucket.readHash(asked)
        : bucket.keptHash(asked);
  }

  private void judge(Asked asked) throws SQLException {
    try {
      Optional<ObjectHash> hash = asked.hash().get();
      refusals.given();
      if (hash.isPresent()) {
        compare(asked, hash.get());
      } else {
        Claim claim = asked.claims().get(0);
        comparison.vanished(asked.key(), claim.page(), claim.row());
        progress.missed(asked.key());
      }
    } catch (InterruptedException e) {
      throw new Interrupted();
    } catch (ExecutionException e) {
      String words = refusals.refused(e);
      Claim claim = asked.claims().get(0);
      comparison.notReadable(asked.key(), claim.page(), claim.row(), words);
      progress.missed(asked.key());
    }
    options
        .progress()
        .at(AuditProgress.Step.HASHES, progress.compared() + progress.unknown(), total);
  }

  private void compare(Asked asked, ObjectHash hash) throws SQLException {
    Claim wrong = hash.sha256() == null ? null : differing(asked, hash.sha256());
    if (wrong != null) {
      comparison.wrongHash(
          asked.key(),
          wrong.page(),
          wrong.row(),
          "%s, %s expected".formatted(hash.sha256(), wrong.sha256()));
    }
    progress.took(asked.key(), hash.isProof(), wrong != null);
  }

  /** The first row that claims another hash, and still does: it may have been written anew. */
  private @Nullable Claim differing(Asked asked, String sha256) {
    return asked.claims().stream()
        .filter(claim -> !claim.sha256().equals(sha256))
        .filter(claim -> !isClaimedNow(claim, asked.key(), sha256))
        .findFirst()
        .orElse(null);
  }

  private boolean isClaimedNow(Claim claim, String asked, String sha256) {
    Integer page = AuditTables.shown(claim.page());
    if (page == null) {
      return false; // the manifests of a further harvest are read twice anyway
    }
    try {
      return manifests.read(page).stream()
          .flatMap(List<ManifestRow>::stream)
          .anyMatch(row -> asked.equals(row.key()) && Objects.equals(row.sha256(), sha256));
    } catch (BadManifestException e) {
      return false;
    } catch (StoreException e) {
      if (Refusals.isOfOneObject(e)) {
        return false;
      }
      throw e;
    }
  }
}
