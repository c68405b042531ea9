package cli;

import audit.Repairs;
import config.Configuration;
import config.UsageException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import store.Bucket;
import store.Store;

/** {@code audit --repair}: what happens in addition to the audit. */
final class AuditRepair {
  private static final int ASKED_AT_ONCE = 50;

  private final RepairTargets targets;
  private final RepairQueue queue;
  private final String prefix;
  private final KnownDocuments known;

  /**
   * @throws UsageException if there is nobody to repair anything
   */
  AuditRepair(Configuration configuration, KnownDocuments known) {
    this.targets = new RepairTargets(configuration);
    this.prefix = configuration.store().prefix();
    this.queue = new RepairQueue(prefix, configuration.harvest().distribution(), targets);
    this.known = known;
    targets.require();
  }

  Repairs repairs() {
    return queue;
  }

  /** Queues everything, and reports what. */
  void queue(PrintStream out) {
    queue.send();
    line(
        out,
        "queued: %s to fetch again, %s to list again",
        Amount.of(targets.documents(), "document"),
        Amount.of(targets.pages(), "page"));
    targets
        .unreached()
        .forEach(
            (instance, repairs) ->
                line(
                    out,
                    "not queued: %s of instance %d, which does not answer at fleet.peers; run audit --repair there",
                    Amount.of(repairs, "repair"),
                    instance));
  }

  /** Deletes the objects that nobody knows, after printing their list. */
  void deleteExtra(Store store, PrintStream out) {
    List<String> strangers = queue.strangers();
    if (strangers.isEmpty()) {
      line(out, "no object to delete");
    } else if (queue.unreadablePages() > 0) {
      line(
          out,
          "deleted nothing: %,d pages lack a readable manifest, and might name these objects; run it again when they are closed",
          queue.unreadablePages());
    } else if (!known.silent().isEmpty()) {
      line(
          out,
          "deleted nothing: an instance might know these objects, and does not answer: %s",
          String.join("; ", known.silent().values()));
    } else {
      line(out, "objects that nobody knows, %,d:", strangers.size());
      strangers.forEach(key -> out.println("  " + key));
      long deleted = delete(strangers, store.bucket());
      line(out, "deleted %,d of them", deleted);
    }
  }

  /** Checks once more, because some may have been recorded since. */
  private long delete(List<String> strangers, Bucket bucket) {
    long deleted = 0;
    for (int from = 0; from < strangers.size(); from += ASKED_AT_ONCE) {
      List<String> some = strangers.subList(from, Math.min(from + ASKED_AT_ONCE, strangers.size()));
      var documents = known.find(some.stream().filter(key -> key.startsWith(prefix)).toList());
      for (String key : some) {
        if (!documents.containsKey(key) && known.silent().isEmpty()) {
          bucket.delete(key);
          deleted++;
        }
      }
    }
    return deleted;
  }

  private static void line(PrintStream out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
