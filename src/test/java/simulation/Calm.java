package simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ledger.LedgerLooks;
import scripts.Orchestrator;
import scripts.ScriptReports;
import scripts.ScriptSnapshot;
import scripts.ScriptStatus;
import store.ManifestRow;

/** No more faults: everything must complete, and the result is checked thoroughly. */
final class Calm {
  private static final Duration LONGEST = Duration.ofDays(3);
  private static final Duration UNTIL_LISTED = Duration.ofMinutes(1);

  /** One seed in this many loses objects at the end, and has them repaired. */
  private static final int REPAIRED = 4;

  private final Universe universe;
  private final Checks checks;
  private final Life life;

  Calm(Universe universe, Life life) {
    this.universe = universe;
    this.checks = universe.checks;
    this.life = life;
  }

  void comes() throws Exception {
    universe.trace.note("calm");
    universe.faults.end();
    finish();
    failuresAreExplained();
    life.orchestrator().remedies().retryFailed(People.ALL_FAILURES);
    finish();
    for (int script = 1; script <= universe.settings.scripts(); script++) {
      life.orchestrator().walks().sweep(script);
    }
    finish();
    universe.world.sleep(UNTIL_LISTED);
    allIsThere();
    Audits audits = new Audits(universe, life);
    audits.findNothing();
    if (universe.seed % REPAIRED == 0) {
      audits.repairWhatIsLost();
      finish();
      universe.world.sleep(UNTIL_LISTED);
      audits.findNothing();
    }
  }

  /** Waits until all scripts have completed, as a person who starts them and looks after them. */
  private void finish() throws Exception {
    long end = universe.world.nanos() + LONGEST.toNanos();
    while (true) {
      People.startAll(life.orchestrator(), universe.settings);
      universe.world.sleep(Duration.ofSeconds(30));
      checks.tell();
      List<ScriptSnapshot> scripts = life.orchestrator().snapshots();
      if (scripts.stream().allMatch(script -> script.status() == ScriptStatus.COMPLETED)) {
        life.check();
        return;
      }
      scripts.forEach(this::acceptIfHeld);
      checks.require(
          universe.world.nanos() < end,
          () -> "no end after " + LONGEST.toHours() + " hours of calm: " + scripts);
    }
  }

  private void acceptIfHeld(ScriptSnapshot snapshot) {
    Orchestrator orchestrator = life.orchestrator();
    ScriptReports reports = orchestrator.reports();
    int script = snapshot.script().id();
    if (reports.looks(script, snapshot.currentPage()).isPresent()) {
      orchestrator.accept(script);
    }
  }

  /** A document is given up only for faults of its own. */
  private void failuresAreExplained() throws Exception {
    for (LedgerLooks.Known known : life.looks().documents().values()) {
      if (known.state().equals("failed") && universe.portal.document(known.id()).isGood()) {
        long troubles = universe.portal.troubles(known.id());
        checks.require(
            troubles >= Settings.TRIES,
            () ->
                "%s is given up (%s), though only %d of its tries met a trouble of its own"
                    .formatted(known.id(), known.reason(), troubles));
      }
    }
    checks.tell();
  }

  /** What the portal lists is in the bucket, or a manifest says why not. */
  private void allIsThere() {
    Map<String, ManifestRow> rows = rows();
    Set<String> listed = new HashSet<>();
    for (Document document : universe.portal.listed()) {
      listed.add(document.id());
      ManifestRow row = rows.get(document.id());
      checks.require(row != null, () -> document.id() + " is on no manifest");
      if (row != null) {
        String reason = row.reason() == null ? "" : row.reason().word();
        String expected = document.kind().reason();
        checks.require(
            reason.equals(expected),
            () -> "%s is %s on its manifest, and should be %s".formatted(document, row, expected));
      }
    }
    for (String key : universe.bucket.objects().keySet()) {
      checks.require(
          !key.startsWith(Bucket.DOCUMENTS)
              || listed.contains(key.substring(Bucket.DOCUMENTS.length())),
          () -> key + " is in the bucket, and nobody lists it");
    }
    checks.tell();
  }

  /** The rows of all manifests, by document. */
  private Map<String, ManifestRow> rows() {
    Map<String, ManifestRow> rows = new TreeMap<>();
    universe
        .bucket
        .objects()
        .forEach(
            (key, kept) -> {
              if (key.startsWith(Bucket.MANIFESTS)) {
                checks.rows(kept).forEach(row -> rows.put(row.id(), row));
              }
            });
    return rows;
  }
}
