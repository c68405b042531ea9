package simulation;

import audit.Audit;
import audit.AuditOptions;
import audit.AuditReport;
import audit.Finding;
import audit.Repairs;
import audit.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ledger.LedgerLooks;
import ledger.RepairOrder;
import model.PageRange;

/** Compares the bucket with its manifests, and repairs it. */
final class Audits {
  private static final int LOST = 3;

  private final Universe universe;
  private final Life life;

  Audits(Universe universe, Life life) {
    this.universe = universe;
    this.life = life;
  }

  /** Finds nothing but what is explained: objects that were lost, and failures that may pass. */
  void findNothing() throws Exception {
    audit(Repairs.NONE);
  }

  private void audit(Repairs repairs) throws Exception {
    AuditReport report =
        new Audit(life.store(), AuditOptions.PLAIN.with(1).with(repairs))
            .audit(Scope.all(universe.settings.plan()));
    report
        .findings()
        .forEach(
            (kind, count) ->
                universe.checks.require(
                    count == 0
                        || kind == Finding.Kind.RETRYABLE
                        || kind == Finding.Kind.MISSING && !universe.bucket.lost().isEmpty(),
                    () -> "the audit finds " + report.examples()));
    universe.checks.tell();
  }

  /** Objects are lost, an audit finds them, and has them fetched again. */
  void repairWhatIsLost() throws Exception {
    List<String> stored =
        life.looks().documents().values().stream()
            .filter(known -> known.state().equals("stored"))
            .map(LedgerLooks.Known::id)
            .sorted()
            .toList();
    for (int i = 0; i < LOST && !stored.isEmpty(); i++) {
      universe.bucket.lose(stored.get(universe.chance.nextInt(stored.size())));
    }
    Wanted wanted = new Wanted();
    audit(wanted);
    wanted.documents.keySet().retainAll(universe.bucket.lost());
    universe.checks.require(
        wanted.documents.keySet().equals(universe.bucket.lost()),
        () -> "the audit misses " + universe.bucket.lost() + wanted.documents);
    life.orchestrator()
        .remedies()
        .repair(new RepairOrder(wanted.documents, wanted.pages, Optional.empty()));
    universe.bucket.forgetLosses();
  }

  /** What an audit wants repaired. */
  private static final class Wanted implements Repairs {
    private final Map<String, Collection<Integer>> documents = new TreeMap<>();
    private final List<Integer> pages = new ArrayList<>();

    @Override
    public void fetchAgain(String key, Collection<Integer> onPages) {
      documents.put(key.substring(Bucket.DOCUMENTS.length()), List.copyOf(onPages));
    }

    @Override
    public void listAgain(int page) {
      pages.add(page);
    }

    @Override
    public void walk(PageRange beyond) {}

    @Override
    public void unreadablePages(long count) {}

    @Override
    public void stranger(String key) {}
  }
}
