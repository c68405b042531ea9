package pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import model.StopSignal;
import portal.Dialect;
import portal.Listing;
import portal.Row;

/**
 * One page in work: its rows, which of their documents are still open, and when each is due. The
 * body of the page's exchange, changed by the page's own thread alone.
 */
public final class Page {
  private final int number;
  private final int script;
  private final Dialect.Session session;
  private final boolean retry;
  private final StopSignal stop;
  private final Map<String, Row> open = new LinkedHashMap<>();
  private final Map<String, Long> waitsUntil = new HashMap<>();
  private List<Row> rows = List.of();
  private OptionalLong total = OptionalLong.empty();
  private Instant listedAt;

  /**
   * @param script on whose behalf the page is in work
   * @param session that script's conversation with the portal
   * @param retry whether only documents of a page that was complete before are to be tried again
   * @param stop tells that the script stops
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

  /** Whether only documents of a page that was complete before are to be tried again. */
  public boolean isRetry() {
    return retry;
  }

  /** Tells that the script stops. */
  StopSignal stop() {
    return stop;
  }

  List<Row> rows() {
    return rows;
  }

  /** The portal's total when the page was listed; null when it named none. */
  Long total() {
    return total.isPresent() ? total.getAsLong() : null;
  }

  /** When the page was read; null when that is not known. */
  Instant listedAt() {
    return listedAt;
  }

  /** Whether the page's rows are known. */
  public boolean isListed() {
    return !rows.isEmpty();
  }

  /**
   * Takes the page as it was listed.
   *
   * @param at when; null when that is not known
   * @param closed whether nothing more is to be done for a document
   */
  void listed(Listing listing, Instant at, Predicate<String> closed) {
    listedAt = at;
    rows = listing.rows();
    total = listing.total();
    for (Row row : rows) {
      if (row.isFetchable() && !open.containsKey(row.id()) && !closed.test(row.id())) {
        open.put(row.id(), row);
      }
    }
  }

  int openDocuments() {
    return open.size();
  }

  /** Whether a document of the page is neither stored nor given up. */
  public boolean isOpen() {
    return !open.isEmpty();
  }

  /**
   * The rows whose documents are to be tried now, in the page's order.
   *
   * @param now as {@link model.Ticker#nanos}
   */
  List<Row> due(long now, int most) {
    return open.values().stream().filter(row -> waitOf(row, now) <= 0).limit(most).toList();
  }

  /** How long until the next document is due, of a page that is open. */
  Duration untilDue(long now) {
    return Duration.ofNanos(
        open.values().stream().mapToLong(row -> waitOf(row, now)).min().orElseThrow());
  }

  private long waitOf(Row row, long now) {
    Long until = waitsUntil.get(row.id());
    return until == null ? 0 : until - now;
  }

  /** The document is not to be tried before this time. */
  void tryAgainAt(Row row, long nanos) {
    waitsUntil.put(row.id(), nanos);
  }

  /** The document is stored or given up. */
  void close(Row row) {
    open.remove(row.id());
  }
}
