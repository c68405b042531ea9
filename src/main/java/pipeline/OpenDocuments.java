package pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import portal.Row;

/**
 * The documents of a page that are neither stored nor given up, when each is due, and whether its
 * host answers. Only modified by the page's own thread, but for {@link #stored}.
 */
final class OpenDocuments {
  private final Map<String, Row> open = new LinkedHashMap<>();
  private final Map<String, Long> waitsUntil = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Row> later = new LinkedHashMap<>();
  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final AwayHosts away = new AwayHosts();
  private boolean look;

  /** Opens a document; returns false if it was open already. */
  boolean open(Row row) {
    return open.putIfAbsent(row.id(), row) == null;
  }

  List<Row> rows() {
    return List.copyOf(open.values());
  }

  int size() {
    return open.size();
  }

  /** How many documents are left to be stored or given up; roughly, for other threads. */
  int left() {
    return Math.max(0, open.size() + later.size() - stored.size());
  }

  /** A document was stored; it stays open until its round is settled. Called by workers. */
  void stored(String id) {
    stored.add(id);
  }

  boolean isEmpty() {
    return open.isEmpty();
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

  /**
   * Tries only some of the open documents for now, and each only once, because none of the page
   * could be fetched before; the others follow as soon as one of them is stored.
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

  /** Ends the attempts at a document for now. */
  void postpone(Row row) {
    close(row);
    later.put(row.id(), row);
  }

  /** A document was stored: all that are left are tried, as often as usual. */
  void goOn() {
    look = false;
    later.forEach(open::putIfAbsent);
    later.clear();
  }

  /** The hosts that do not answer. */
  AwayHosts away() {
    return away;
  }

  /** How many open documents are on hosts that respond. */
  long reachable() {
    return open.values().stream().filter(row -> !away.hold(row)).count();
  }

  /**
   * Makes sure that a document can be fetched, now or later.
   *
   * @param page their page's number
   * @throws portal.PortalException if only documents are open whose hosts do not answer
   */
  void requireHosts(int page) {
    if (reachable() == 0) {
      throw away.toWaitFor(page, open.size());
    }
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
    stored.remove(row.id());
    refused.remove(row.id());
  }
}
