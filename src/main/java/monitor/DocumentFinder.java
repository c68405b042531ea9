package monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import ledger.DocumentHistory;
import ledger.DocumentRecord;
import ledger.DocumentTry;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.DocumentState;
import model.ListedName;
import model.ObjectKey;
import model.Redactor;
import model.web.WebAddress;
import org.jspecify.annotations.Nullable;
import pipeline.ManifestSource;
import pipeline.PagesInWork;

/**
 * Finds what is known about a document: from the ledger, which knows its state and attempts, and
 * from the rows that list it, in pages in progress or in the manifests of closed pages.
 */
public final class DocumentFinder {
  /** The maximum number of pages read for one name. */
  private static final int MOST_PAGES = 20;

  private final Ledger ledger;
  private final String prefix;
  private final PagesInWork inWork;
  private final RowsOfPages manifests;
  private final Function<WebAddress, Optional<String>> idOf;

  /**
   * @param prefix the key prefix of documents
   * @param idOf derives a document's id from its address; empty if that is not possible
   */
  public DocumentFinder(
      Ledger ledger,
      String prefix,
      PagesInWork inWork,
      ManifestSource manifests,
      Function<WebAddress, Optional<String>> idOf) {
    this.ledger = ledger;
    this.prefix = prefix;
    this.inWork = inWork;
    this.manifests = new RowsOfPages(manifests);
    this.idOf = idOf;
  }

  /**
   * A document.
   *
   * @param row what its page says about it
   * @param reason why it is not stored; null if it is, or if nothing failed yet
   * @param key of its object; null if it is never fetched
   * @param stored its record, if it is stored; null otherwise
   * @param tries oldest first
   */
  public record Found(
      DocumentRow row,
      DocumentState state,
      @Nullable String reason,
      @Nullable String key,
      @Nullable DocumentRecord stored,
      List<DocumentTry> tries) {}

  /** The document with this id, or this key. */
  public List<Found> byId(String text) {
    Finds finds = new Finds();
    ids(text).forEach(id -> finds.add(id, null));
    if (finds.isEmpty() && !prefix.isEmpty() && text.startsWith(prefix)) {
      ids(text.substring(prefix.length())).forEach(id -> finds.add(id, null));
    }
    return finds.list();
  }

  private List<String> ids(String text) {
    return text.contains(Redactor.HIDDEN) ? ledger.history().shownAs(text) : List.of(text);
  }

  /**
   * The documents with this CNR.
   *
   * @throws UnreadRowsException if the store does not respond in time, and nothing is known without
   *     it
   */
  public List<Found> byCnr(String written) {
    String cnr = ListedName.cnr(written);
    Finds finds = new Finds();
    byName(
        finds,
        ListedName.ofCnr(written),
        row -> row.cnr() != null && ListedName.cnr(row.cnr()).equals(cnr));
    return finds.list();
  }

  /**
   * The documents at this address, however it is spelled.
   *
   * @throws UnreadRowsException if the store does not respond in time, and nothing is known without
   *     it
   */
  public List<Found> byAddress(WebAddress address) {
    Finds finds = new Finds();
    idOf.apply(address).ifPresent(id -> finds.add(id, null));
    byName(
        finds,
        ListedName.ofAddress(address),
        row -> row.url() != null && WebAddress.read(row.url()).filter(address::equals).isPresent());
    return finds.list();
  }

  private void byName(Finds finds, long name, Predicate<DocumentRow> wanted) {
    inWork.find(row -> true).stream()
        .map(DocumentRow::of)
        .filter(wanted)
        .forEach(row -> finds.add(row.id(), row));
    List<Integer> pages = ledger.history().pages(name, MOST_PAGES);
    for (DocumentRow row : manifests.rows(pages, finds.isEmpty())) {
      if (wanted.test(row)) {
        finds.add(row.id(), row);
      }
    }
  }

  /** The documents found so far, each once. */
  private final class Finds {
    private final Map<String, List<Found>> byId = new LinkedHashMap<>();

    boolean isEmpty() {
      return byId.isEmpty();
    }

    List<Found> list() {
      return byId.values().stream().flatMap(List::stream).toList();
    }

    /**
     * @param row the row that names it; null if it must be looked up
     */
    void add(String id, @Nullable DocumentRow row) {
      if (!byId.containsKey(id)) {
        List<Found> found =
            ledger
                .documents()
                .find(id)
                .map(known -> List.of(known(known, row)))
                .orElseGet(() -> untried(id));
        if (!found.isEmpty()) {
          byId.put(id, found);
        }
      }
    }
  }

  private Found known(DocumentRecord known, @Nullable DocumentRow row) {
    DocumentHistory history = ledger.history();
    boolean isStored = known.state() == DocumentState.STORED;
    return new Found(
        row != null && row.page() == known.page() ? row : row(known),
        known.state(),
        known.reason(),
        known.state() == DocumentState.REJECTED ? null : key(known.id()),
        isStored ? known : null,
        history.tries(known));
  }

  private String key(String id) {
    return new ObjectKey(prefix, id).text();
  }

  /** Rows whose document was never tried: rejected when they were listed, or not yet due. */
  private List<Found> untried(String id) {
    List<Found> found = new ArrayList<>();
    inWork.find(row -> row.id().equals(id)).stream()
        .map(
            listed ->
                listed.row().rejection() == null
                    ? new Found(
                        DocumentRow.of(listed),
                        DocumentState.QUEUED,
                        null,
                        key(id),
                        null,
                        List.of())
                    : rejected(DocumentRow.of(listed), listed.row().rejection().word()))
        .forEach(found::add);
    if (found.isEmpty()) {
      for (UnstoredRow row : ledger.history().unstored(id)) {
        found.add(rejected(DocumentRow.of(row), row.reason()));
      }
    }
    return found;
  }

  private static Found rejected(DocumentRow row, String reason) {
    return new Found(row, DocumentState.REJECTED, reason, null, null, List.of());
  }

  /** What the page that listed a document first says about it, or else any other page. */
  private DocumentRow row(DocumentRecord known) {
    List<DocumentRow> rows = new ArrayList<>();
    inWork.find(row -> row.id().equals(known.id())).stream()
        .map(DocumentRow::of)
        .forEach(rows::add);
    if (rows.stream().noneMatch(row -> row.page() == known.page())) {
      manifests.rows(List.of(known.page()), false).stream()
          .filter(row -> row.id().equals(known.id()))
          .forEach(rows::add);
    }
    if (rows.isEmpty()) {
      ledger.history().unstored(known.id()).stream().map(DocumentRow::of).forEach(rows::add);
    }
    return rows.stream()
        .filter(row -> row.page() == known.page())
        .findFirst()
        .or(() -> rows.stream().findFirst())
        .orElse(new DocumentRow(known.page(), null, known.id(), null, null, null));
  }
}
