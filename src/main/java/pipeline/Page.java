package pipeline;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import model.StopSignal;
import org.jspecify.annotations.Nullable;
import portal.Dialect;
import portal.Listing;
import portal.Row;

/**
 * A page in progress: its rows, and those of their documents that are still open. It is the body of
 * the page's exchange, and only modified by the page's own thread.
 */
public final class Page {
  private final int number;
  private final int script;
  private final Dialect.Session session;
  private final boolean retry;
  private final StopSignal stop;
  private final OpenDocuments documents = new OpenDocuments();
  private final Map<String, String> lacking = new HashMap<>();
  private final Map<String, Integer> refreshes = new HashMap<>();
  private final Set<String> tried = new HashSet<>();
  private boolean refresh;
  private boolean repair;
  private String refusal = "";
  private volatile List<Row> rows = List.of(); // others look at it, too
  private OptionalLong total = OptionalLong.empty();
  private @Nullable Instant listedAt;

  /**
   * @param script the script that works on the page
   * @param session that script's session with the portal
   * @param retry whether only failed documents of a completed page are tried again
   * @param stop fires when the script stops
   */
  Page(int number, int script, Dialect.Session session, boolean retry, StopSignal stop) {
    this.number = number;
    this.script = script;
    this.session = session;
    this.retry = retry;
    this.stop = stop;
  }

  int number() {
    return number;
  }

  int script() {
    return script;
  }

  Dialect.Session session() {
    return session;
  }

  /** Whether only failed documents of a completed page are tried again. */
  public boolean isRetry() {
    return retry;
  }

  /** Fires when the script stops. */
  StopSignal stop() {
    return stop;
  }

  /** Those of its documents that are neither stored nor given up. */
  OpenDocuments documents() {
    return documents;
  }

  /** Whether any document of the page is neither stored nor given up. */
  public boolean isOpen() {
    return !documents.isEmpty();
  }

  /** How many rows the portal has listed; 0 before it has. */
  public int rowCount() {
    return rows.size();
  }

  List<Row> rows() {
    return rows;
  }

  /** The portal's total when the page was listed; null if it named none. */
  @Nullable Long total() {
    return total.isPresent() ? total.getAsLong() : null;
  }

  /** When the page was read; null if unknown. */
  @Nullable Instant listedAt() {
    return listedAt;
  }

  /** Whether the page's rows are known. */
  public boolean isListed() {
    return !rows.isEmpty();
  }

  /**
   * Sets the rows of the page.
   *
   * @param at when it was listed; null if unknown
   * @param over whether nothing is left to do for a row's document
   */
  void listed(Listing listing, @Nullable Instant at, Predicate<Row> over) {
    listedAt = at;
    rows = listing.rows();
    total = listing.total();
    for (Row row : rows) {
      if (row.isFetchable() && !over.test(row)) {
        documents.open(row);
      }
    }
  }

  /** Has its stored documents asked for again. */
  void refresh() {
    refresh = true;
  }

  /** Whether its stored documents are asked for again. */
  boolean isRefresh() {
    return refresh;
  }

  /** Has it listed from its source, and the objects of its documents looked at. */
  void repair() {
    repair = true;
  }

  /** Whether an audit has found it damaged. */
  boolean isRepair() {
    return repair;
  }

  /**
   * Opens its stored documents, to ask whether the portal has other versions.
   *
   * @param stored whether a document is stored
   */
  void openStored(Predicate<String> stored) {
    for (Row row : rows) {
      if (row.isFetchable() && stored.test(row.id()) && documents.open(row)) {
        refreshes.put(row.id(), 0);
      }
    }
  }

  /** Whether the document is stored, and only asked for again. */
  boolean isRefresh(String id) {
    return refreshes.containsKey(id);
  }

  /** Counts a failed try to ask for a stored document; returns how many there were. */
  int refreshFailed(String id) {
    return refreshes.merge(id, 1, Integer::sum);
  }

  /** Remembers that a try of a document has failed here. */
  void tried(String id) {
    tried.add(id);
  }

  /** Whether a try of a document has failed here. */
  boolean hasTried(String id) {
    return tried.contains(id);
  }

  /** Remembers that a document's redirect leads to a host that is not allowed. */
  void lacks(String id, String host) {
    lacking.put(id, host);
  }

  /** The hosts that redirects lead to, and that are not allowed, by document. */
  Map<String, String> lacking() {
    return lacking;
  }

  /** Remembers why the store refused a document, in its own words. */
  void storeSaid(String words) {
    refusal = words;
  }

  /** Why the store refused a document last; empty if it refused none. */
  String refusal() {
    return refusal;
  }
}
