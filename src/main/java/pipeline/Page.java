package pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import model.FailureClassifier;
import model.StopSignal;
import portal.CaptchaException;
import portal.Dialect;
import portal.Listing;
import portal.PortalException;
import portal.Row;
import store.StoreException;

/**
 * One page in work. Knows its rows, which of their documents are still open and when each is due,
 * and gathers what happened to them in the round under way. The body of the page's exchange.
 *
 * <p>A round's failures are held against the documents only when it is clear that portal and store
 * answer at all: see {@link #isPortalInDoubt} and {@link #isStoreInDoubt}.
 */
public final class Page {
  /** A failed try of a document, and when it failed, as {@link System#nanoTime}. */
  record Failure(DocumentTask task, Exception cause, long nanos) {}

  /** How often a document that another page has in work is looked at again. */
  private static final Duration ELSEWHERE = Duration.ofMillis(250);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final int number;
  private final int script;
  private final Dialect.Session session;
  private final boolean retry;
  private final StopSignal stop;
  private final IntSupplier roundSize;

  private List<Row> rows = List.of();
  private OptionalLong total = OptionalLong.empty();
  private Instant listedAt;
  private final Map<String, DocumentTask> open = new LinkedHashMap<>();
  private final Map<String, Instant> dueAt = new HashMap<>();
  private List<DocumentTask> round = List.of();

  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
  private volatile long answeredNanos = System.nanoTime();
  private volatile StoreException storeFailure;
  private volatile CaptchaException captcha;
  private volatile Exception broken;

  /**
   * @param retry whether only documents of a page that was complete before are to be tried again
   * @param stop tells that the script stops
   * @param roundSize how many documents are taken up together, at most
   */
  Page(
      int number,
      int script,
      Dialect.Session session,
      boolean retry,
      StopSignal stop,
      IntSupplier roundSize) {
    this.roundSize = roundSize;
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

  boolean isListed() {
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
        open.put(row.id(), new DocumentTask(this, row));
        dueAt.put(row.id(), Instant.MIN);
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

  /** The documents to try now. Waits until one is due; holds no worker meanwhile. */
  public List<DocumentTask> due() {
    while (true) {
      stop.throwIfStopped();
      Instant now = Instant.now();
      round =
          open.values().stream()
              .filter(task -> !dueAt(task).isAfter(now))
              .limit(roundSize.getAsInt())
              .toList();
      if (!round.isEmpty()) {
        return round;
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  private Instant dueAt(DocumentTask task) {
    return dueAt.get(task.id());
  }

  StopSignal stopSignal() {
    return stop;
  }

  /** Whether another document of the round is to be begun. */
  boolean wantsMore() {
    return storeFailure == null && captcha == null && broken == null && !stop.isStopped();
  }

  void stored(DocumentTask task) {
    answeredNanos = System.nanoTime();
    stored.add(task.id());
  }

  /** A try that brought nothing. */
  void failed(DocumentTask task, Exception cause) {
    if (cause instanceof StoreException call && call.kind() == StoreException.Kind.ABORTED) {
      return; // the script stops
    }
    if (cause instanceof CaptchaException asked) {
      captcha = asked;
      return; // a person is asked, and then the document is
    }
    if (cause instanceof StoreException refusal) {
      storeFailure = refusal;
    }
    if (cause instanceof StoreException || cause instanceof PortalException) {
      long now = System.nanoTime();
      failures.add(new Failure(task, cause, now));
      answeredNanos = isSilence(cause) ? answeredNanos : now;
    } else if (!(cause instanceof CancellationException)) {
      broken = cause;
    }
  }

  /** Something that no further try of a document can mend. */
  void brokenBy(Exception cause) {
    broken = cause;
  }

  /** Whether the portal fell silent in this round and has not answered since. */
  public boolean isPortalInDoubt() {
    return failures.stream()
        .anyMatch(failure -> isSilence(failure.cause()) && failure.nanos() - answeredNanos > 0);
  }

  private static boolean isSilence(Exception cause) {
    return FailureClassifier.classify(cause).isSilence();
  }

  /** Whether the store did not take a document, and took none in this round. */
  public boolean isStoreInDoubt() {
    return storeFailure != null && stored.isEmpty();
  }

  /** Whether the portal asked for a person in this round. */
  public boolean isCaptchaAsked() {
    return captcha != null;
  }

  CaptchaException captcha() {
    return captcha;
  }

  StoreException storeFailure() {
    return storeFailure;
  }

  /**
   * Ends the round.
   *
   * @return its failures, to be held against the documents
   * @throws CancellationException when the script stops
   * @throws Exception when the page cannot go on
   */
  List<Failure> endRound() throws Exception {
    if (broken != null) {
      throw broken;
    }
    stored.forEach(open::remove);
    List<Failure> ended = new ArrayList<>(failures);
    stored.clear();
    failures.clear();
    storeFailure = null;
    captcha = null;
    return ended;
  }

  /** The documents of the round that nothing happened to: they were in work elsewhere. */
  List<DocumentTask> untouched(List<Failure> ended) {
    List<DocumentTask> failed = ended.stream().map(Failure::task).toList();
    return round.stream()
        .filter(task -> open.containsKey(task.id()) && !failed.contains(task))
        .toList();
  }

  void lookAgainSoon(DocumentTask task) {
    dueAt.put(task.id(), Instant.now().plus(ELSEWHERE));
  }

  void tryAgainAfter(DocumentTask task, Duration wait) {
    dueAt.put(task.id(), Instant.now().plus(wait));
  }

  void closed(DocumentTask task) {
    open.remove(task.id());
  }
}
