package simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import ledger.LedgerLooks;
import model.Digests;
import store.ManifestRow;
import store.SimulatedStore;
import store.SimulatedStore.Kept;

/** What must hold at every moment, whatever happens. The first breach ends the run. */
final class Checks {
  private final Map<String, Thread> attempts = new HashMap<>();
  private final Map<Kept, List<ManifestRow>> manifests = new IdentityHashMap<>();
  private Portal portal;
  private boolean isOne = true;

  /** A rule does not hold. */
  static final class Breach extends AssertionError {
    private static final long serialVersionUID = 1L;

    Breach(String words) {
      super(words);
    }
  }

  private Breach breach;

  void of(Portal watched) {
    portal = watched;
  }

  /** Two attempts at a document may overlap, since one that failed is not seen to end. */
  void mayOverlap() {
    isOne = false;
  }

  void require(boolean holds, Supplier<String> otherwise) {
    if (!holds && breach == null) {
      breach = new Breach(otherwise.get());
    }
  }

  /** Throws the first breach. */
  void tell() {
    if (breach != null) {
      throw breach;
    }
  }

  boolean isBroken() {
    return breach != null;
  }

  /** A process was killed, with whatever it was doing. */
  void killed() {
    attempts.clear();
  }

  void fetches(Life life, String id) {
    require(
        !life.ledger().documents().isStored(id),
        () -> id + " is fetched again after the ledger had it stored");
    Thread other = attempts.put(id, Thread.currentThread());
    require(
        !isOne || other == null || other == Thread.currentThread(),
        () -> id + " is fetched twice at once");
  }

  void isLeft(String id) {
    attempts.remove(id);
  }

  void putEnds(String key) {
    if (key.startsWith(Bucket.DOCUMENTS)) {
      attempts.remove(key.substring(Bucket.DOCUMENTS.length()));
    }
  }

  void puts(String key, Kept kept, Map<String, Kept> objects) {
    String sha256 = Digests.sha256(kept.bytes());
    require(sha256.equals(kept.metadata().get("sha256")), () -> key + " is put with another hash");
    if (key.startsWith(Bucket.DOCUMENTS)) {
      Document document = portal.document(key.substring(Bucket.DOCUMENTS.length()));
      require(
          document != null && document.isGood() && Arrays.equals(document.bytes(), kept.bytes()),
          () -> key + " is put with bytes that the portal does not have");
    } else if (key.startsWith(Bucket.MANIFESTS + "page-")) {
      List<ManifestRow> rows = rows(kept);
      require(!rows.isEmpty(), () -> key + " has no rows");
      for (ManifestRow row : rows) {
        require(
            row.isStored() ? isThere(row.key(), row.sha256(), objects) : row.reason() != null,
            () -> key + " says that " + row.id() + " is stored, and it is not");
      }
    } else {
      require(false, () -> key + " is outside the prefixes");
    }
  }

  private static boolean isThere(String key, String sha256, Map<String, Kept> objects) {
    Kept kept = objects.get(key);
    return kept != null && kept.metadata().get("sha256").equals(sha256); // which puts() compares
  }

  /** Compares a ledger with the bucket. */
  void ledger(LedgerLooks ledger, Bucket bucket) throws SQLException {
    Map<String, LedgerLooks.Known> documents = ledger.documents();
    for (LedgerLooks.Known known : documents.values()) {
      if (known.state().equals("stored") && !bucket.lost().contains(known.id())) {
        require(
            isThere(Bucket.DOCUMENTS + known.id(), known.sha256(), bucket.objects()),
            () -> "the ledger says that " + known.id() + " is stored, and it is not");
      }
    }
    Map<Integer, List<String>> unstored = ledger.unstored();
    ledger
        .pages()
        .forEach(
            (page, state) -> {
              if (state.equals("complete")) {
                complete(page, documents, unstored.getOrDefault(page, List.of()), bucket);
              }
            });
  }

  private void complete(
      int page, Map<String, LedgerLooks.Known> documents, List<String> unstored, Bucket bucket) {
    Kept manifest = bucket.objects().get(Bucket.MANIFESTS + "page-%06d.jsonl".formatted(page));
    require(manifest != null, () -> "page " + page + " is complete without a manifest");
    if (manifest == null) {
      return;
    }
    Set<String> expected = new HashSet<>();
    for (ManifestRow row : rows(manifest)) {
      LedgerLooks.Known known = documents.get(row.id());
      if (row.isStored()) {
        require(
            bucket.lost().contains(row.id()) || isThere(row.key(), row.sha256(), bucket.objects()),
            () -> "the manifest of page " + page + " says that " + row.id() + " is stored");
      } else {
        expected.add(row.id());
        require(
            row.isRejected() || known != null && !known.state().equals("queued"),
            () ->
                "page %d is complete, and %s is %s"
                    .formatted(page, row.id(), known == null ? "unknown" : known.state()));
      }
    }
    require(
        expected.equals(new HashSet<>(unstored)),
        () -> "ledger and manifest of page " + page + " differ: " + unstored + " " + expected);
  }

  /** The rows of a manifest, which are read once. */
  List<ManifestRow> rows(Kept manifest) {
    return manifests.computeIfAbsent(
        manifest, kept -> SimulatedStore.rows(kept.bytes(), Bucket.DOCUMENTS));
  }

  /** Measures the spool. */
  void spool(Path folder, long bound) {
    try (var files = Files.newDirectoryStream(folder)) {
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      long sum = bytes;
      require(bytes <= bound, () -> "the spool holds " + sum + " bytes");
    } catch (IOException e) {
      throw new AssertionError("the spool cannot be read", e);
    }
  }
}
