package audit;

import audit.Finding.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import store.BadManifestException;
import store.ManifestRow;
import store.Manifests;
import store.StoreException;
import store.StoredObject;

/** Searches for objects that no manifest names. */
final class Extras {
  /** The instances are asked about this many at once. */
  private static final int ASKED_AT_ONCE = 50;

  /** Manifests written since they were last read; each is read once more for all its documents. */
  private static final int REMEMBERED = 100;

  /** From the store's acknowledgement to the commit of a ledger; far longer than it takes. */
  private static final Duration LONGEST_COMMIT = Duration.ofSeconds(1);

  private final AuditTables tables;
  private final Manifests manifests;
  private final List<Manifests> further;
  private final AuditOptions options;
  private final Findings findings;
  private final List<String> asked = new ArrayList<>();
  private final Map<Integer, Set<String>> written = new HashMap<>();
  private boolean isSettled;

  /**
   * @param tables all data that was read, indexed
   */
  Extras(
      AuditTables tables,
      Manifests manifests,
      List<Manifests> further,
      AuditOptions options,
      Findings findings) {
    this.tables = tables;
    this.manifests = manifests;
    this.further = further;
    this.options = options;
    this.findings = findings;
  }

  void find() throws SQLException {
    tables.each(
        "SELECT o.key FROM objects o WHERE NOT EXISTS (SELECT 1 FROM named n WHERE n.key = o.key)",
        line -> {
          asked.add(line.getString(1));
          if (asked.size() == ASKED_AT_ONCE) {
            judge();
          }
        });
    judge();
    strangersBeside(manifests);
    further.forEach(this::strangersBeside);
  }

  private void strangersBeside(Manifests harvest) {
    for (StoredObject object : harvest.objects()) {
      if (harvest.isStranger(object.key()) && !object.isFolderMarker()) {
        stranger(object.key(), "not the name of a manifest");
      }
    }
  }

  private void judge() {
    Map<String, Ledgers.Known> known = options.ledgers().find(asked);
    if (!isSettled && options.ledgers() != Ledgers.NONE && !known.keySet().containsAll(asked)) {
      isSettled = true;
      awaitCommits();
      known = options.ledgers().find(asked);
    }
    for (String key : asked) {
      Ledgers.Known document = known.get(key);
      if (document == null) {
        stranger(key, "no manifest names it");
      } else if (!document.open() && !isNamedNow(key, document.page())) {
        extra(key, "no manifest names it");
        options.repairs().listAgain(document.page()); // whose manifest is another one
      }
    }
    asked.clear();
  }

  /** A document may have been listed just before its ledger knew of it. */
  private static void awaitCommits() {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, LONGEST_COMMIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private void stranger(String key, String why) {
    extra(key, why);
    options.repairs().stranger(key);
  }

  private void extra(String key, String why) {
    findings.add(Kind.EXTRA, null, null, key, why);
  }

  /** Its page may have been completed since the manifests were read. */
  private boolean isNamedNow(String key, int page) {
    if (written.size() == REMEMBERED) {
      written.clear();
    }
    return written.computeIfAbsent(page, this::keys).contains(key);
  }

  private Set<String> keys(int page) {
    try {
      return manifests.read(page).orElse(List.of()).stream()
          .map(ManifestRow::key)
          .filter(key -> key != null)
          .collect(Collectors.toSet());
    } catch (BadManifestException e) {
      return Set.of();
    } catch (StoreException e) {
      if (Refusals.isOfOneObject(e)) {
        return Set.of();
      }
      throw e;
    }
  }
}
