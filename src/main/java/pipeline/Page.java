package pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * A page in progress: its rows, which of their documents are still open, and when each is due. It
 * is the body of the page's exchange, and only modified by the page's own thread.
 */
public final class Page {
  private final int number;
  private final int script;
  private final Dialect.Session session;
  private final boolean retry;
  private final StopSignal stop;
  private final Map<String, Row> open = new LinkedHashMap<>();
  private final Map<String, Long> waitsUntil = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Row> later = new LinkedHashMap<>();
  private final AwayHosts away = new AwayHosts();
  private final Map<String, String> lacking = new HashMap<>();
  private final Map<String, Integer> refreshes = new HashMap<>();
  private boolean refresh;
  private String refusal = "";
  private boolean look;
  private List<Row> rows = List.of();
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
   * @param closed whether a document needs no further attempts
   */
  void listed(Listing listing, @Nullable Instant at, Predicate<String> closed) {
    listedAt = at;
    rows = listing.rows();
    total = listing.total();
    for (Row row : rows) {
      if (row.isFetchable() && !open.containsKey(row.id()) && !closed.test(row.id())) {
        open.put(row.id(), row);
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

  /**
   * Opens its stored documents, to ask whether the portal has other versions.
   *
   * @param stored whether a document is stored
   */
  void openStored(Predicate<String> stored) {
    for (Row row : rows) {
      if (row.isFetchable() && !open.containsKey(row.id()) && stored.test(row.id())) {
        open.put(row.id(), row);
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

  /**
   * Tries only some of the open documents for now, and each of them once, because nothing of the
   * page could be had before; the others follow as soon as one of them comes.
   */
  void look(Predicate<Row> now) {
    look = true;
    open.values().stream().filter(now.negate()).forEach(row -> later.put(row.id(), row));
    later.keySet().forEach(open::remove);
  }

  /** Whether only some documents are tried. */
  boolean isLook() {
    return look;
  }

  /** Ends the attempts at a document in this look. */
  void postpone(Row row) {
    close(row);
    later.put(row.id(), row);
  }

  /** A document came: all that are left are tried, as often as usual. */
  void goOn() {
    look = false;
    later.forEach(open::putIfAbsent);
    later.clear();
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

  /** The hosts that do not answer. */
  AwayHosts away() {
    return away;
  }

  /** How many open documents lie on hosts that answer. */
  long reachable() {
    return open.values().stream().filter(row -> !away.hold(row)).count();
  }

  /**
   * Makes sure that a document can be fetched, now or later.
   *
   * @throws portal.PortalException if only documents are open whose hosts do not answer
   */
  void requireHosts() {
    if (reachable() == 0) {
      throw away.toWaitFor(number, open.size());
    }
  }

  List<Row> openRows() {
    return List.copyOf(open.values());
  }

  int openDocuments() {
    return open.size();
  }

  /** Whether any document of the page is neither stored nor given up. */
  public boolean isOpen() {
    return !open.isEmpty();
  }

  /**
   * The rows whose documents are due, in the page's order.
   *
   * @param now from {@link model.Ticker#nanos}
   */
  List<Row> due(long now, int most) {
    return open.values().stream()
        .filter(row -> waitOf(row, now) <= 0 && !away.hold(row))
        .limit(most)
        .toList();
  }

  /** The time until the next document is due; see {@link #requireHosts}. */
  Duration untilDue(long now) {
    return Duration.ofNanos(
        open.values().stream()
            .filter(row -> !away.hold(row))
            .mapToLong(row -> waitOf(row, now))
            .min()
            .orElseThrow());
  }

  private long waitOf(Row row, long now) {
    Long until = waitsUntil.get(row.id());
    return until == null ? 0 : until - now;
  }

  /** Sets the earliest time of the document's next attempt. */
  void tryAgainAt(Row row, long nanos) {
    waitsUntil.put(row.id(), nanos);
  }

  /** Marks the document as refused by a store that has not shown yet that it takes any. */
  void refused(Row row) {
    refused.add(row.id());
  }

  /** How many open documents were refused in this way. */
  int refusals() {
    return refused.size();
  }

  /** Marks the document as stored or given up. */
  void close(Row row) {
    open.remove(row.id());
    refused.remove(row.id());
  }
}
