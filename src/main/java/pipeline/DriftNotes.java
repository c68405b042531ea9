package pipeline;

import java.util.IntSummaryStatistics;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ledger.DocumentRecord;
import ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener.Drift;
import portal.Listing;
import portal.Row;
import scripts.ScriptReports;
import store.BadManifestException;
import store.ManifestRow;

/**
 * Logs signs that the portal's list changes while it is read. A person decides what to do: a sweep
 * lists the pages again.
 */
public final class DriftNotes {
  private static final Logger LOG = LoggerFactory.getLogger(DriftNotes.class);

  private final ScriptReports reports;
  private final Ledger ledger;
  private final ManifestSource manifests;
  private final PipelineListener listener;

  public DriftNotes(
      ScriptReports reports, Ledger ledger, ManifestSource manifests, PipelineListener listener) {
    this.reports = reports;
    this.ledger = ledger;
    this.manifests = manifests;
    this.listener = listener;
  }

  /** Called for each listing: compares its total with the one that the script saw last. */
  void answered(Page page, Listing listing) {
    OptionalLong before = reports.listed(page.script(), listing.total());
    if (before.isPresent() && !before.equals(listing.total())) {
      long now = listing.total().getAsLong();
      long more = now - before.getAsLong();
      note(
          Drift.TOTAL,
          "the portal lists %,d documents now, %,d %s than before",
          now,
          Math.abs(more),
          more > 0 ? "more" : "fewer");
    }
  }

  /**
   * Called when a page was listed: looks for documents that came from another page, or, in a sweep,
   * that are new.
   *
   * @throws store.StoreException if a sweep needs the page's manifest and the store does not
   *     respond
   */
  void listed(Page page, Listing listing) {
    Optional<Set<String>> before = lastRead(page);
    Set<String> added = new TreeSet<>();
    listing.rows().stream().filter(Row::isFetchable).map(Row::id).forEach(added::add);
    before.ifPresent(added::removeAll);
    Map<String, DocumentRecord> known = ledger.documents().find(added);
    IntSummaryStatistics elsewhere =
        known.values().stream()
            .mapToInt(DocumentRecord::page)
            .filter(number -> number != page.number())
            .summaryStatistics();
    if (elsewhere.getCount() > 0) {
      moved(elsewhere);
    }
    int unseen = added.size() - known.size();
    if (before.isPresent() && unseen > 0) {
      note(
          Drift.NEW,
          "%,d %s not on it when it was last read, nor on any other page",
          unseen,
          unseen == 1 ? "document that was" : "documents that were");
    }
  }

  private void moved(IntSummaryStatistics pages) {
    note(
        Drift.MOVED,
        "%,d of its documents %s seen before, on %s: the list has moved",
        pages.getCount(),
        pages.getCount() == 1 ? "was" : "were",
        pages.getMin() == pages.getMax()
            ? "page " + pages.getMin()
            : "pages %d to %d".formatted(pages.getMin(), pages.getMax()));
  }

  /**
   * The documents on the page when its manifest was written; empty if there is none, and on a
   * script's first walk.
   */
  private Optional<Set<String>> lastRead(Page page) {
    if (ledger.sweeps().sweptTo(page.script()).isEmpty()) {
      return Optional.empty();
    }
    try {
      return manifests
          .read(page.number())
          .map(rows -> rows.stream().map(ManifestRow::id).collect(Collectors.toSet()));
    } catch (BadManifestException e) {
      LOG.warn("its manifest is lost ({}), so what has changed on it is not known", e.getMessage());
      return Optional.empty();
    }
  }

  private void note(Drift sign, String line, Object... values) {
    LOG.info(String.format(Locale.ROOT, line, values));
    listener.drift(sign);
  }
}
