package pipeline;

import config.QuotaSettings;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ledger.InstanceMemory;
import ledger.InstanceMemory.DayCount;
import model.Failure;
import model.FailureClassifier;

/**
 * How much this instance stores per day, and the limit. A document is counted before its download
 * begins, so that a day never exceeds its documents; it exceeds its bytes by at most the documents
 * in transit. Thread-safe.
 *
 * <p>Counts are kept by date: a clock that is set back finds those of that day again.
 */
public final class DayQuota {
  /** The day's quota is used up, which says nothing about the document. */
  public static final class ReachedException extends RuntimeException
      implements FailureClassifier.SelfExplaining {
    private static final long serialVersionUID = 1L;

    private ReachedException(String message) {
      super(message);
    }

    @Override
    public Failure failure() {
      return Failure.of(Failure.Kind.QUOTA, String.valueOf(getMessage()));
    }
  }

  /**
   * What is used of a day's quota.
   *
   * @param until midnight, when the next day begins
   */
  public record Used(long documents, long bytes, QuotaSettings most, OffsetDateTime until) {}

  private final QuotaSettings most;
  private final InstanceMemory memory;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Set<String> underWay = new HashSet<>();

  /** Only for the days that this process has seen; the memory knows the others. */
  private final Map<LocalDate, DayCount> counts = new HashMap<>();

  /**
   * @param memory keeps the counts
   * @param zone in which a day begins and ends
   */
  public DayQuota(QuotaSettings most, InstanceMemory memory, InstantSource clock, ZoneId zone) {
    this.most = most;
    this.memory = memory;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Checks that a document may be fetched, before any request is sent to the portal.
   *
   * @throws ReachedException if none may be today
   */
  public synchronized void require() {
    LocalDate today = today();
    DayCount count = count(today);
    if (count.documents() + underWay.size() >= most.documents()) {
      throw reached(
          String.format(
              Locale.ROOT, "%,d documents (harvest.max-documents-per-day)", most.documents()),
          today);
    }
    if (count.bytes() >= most.bytes()) {
      throw reached(
          String.format(Locale.ROOT, "%,d bytes (harvest.max-bytes-per-day)", most.bytes()), today);
    }
  }

  private ReachedException reached(String quota, LocalDate today) {
    return new ReachedException(
        "the day's quota of %s is used up; goes on at %s".formatted(quota, midnight(today)));
  }

  private OffsetDateTime midnight(LocalDate today) {
    return today.plusDays(1).atStartOfDay(zone).toOffsetDateTime();
  }

  /**
   * Takes a place for a document that is to be fetched.
   *
   * @throws ReachedException if there is none today
   */
  void take(String id) {
    if (most.isLimited()) {
      synchronized (this) {
        require();
        underWay.add(id);
      }
    }
  }

  /** The document is in the bucket; called before the ledger says so. */
  void stored(String id, long bytes) {
    synchronized (this) {
      LocalDate today = today();
      DayCount before = count(today);
      counts.put(today, new DayCount(before.documents() + 1, before.bytes() + bytes));
      underWay.remove(id);
      memory.countStored(today.toString(), bytes);
    }
  }

  /** The attempt at the document has ended, whatever its result. */
  void release(String id) {
    if (most.isLimited()) {
      synchronized (this) {
        underWay.remove(id);
      }
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  private DayCount count(LocalDate day) {
    return counts.computeIfAbsent(day, unseen -> memory.storedOn(unseen.toString()));
  }

  /** What is used of today's quota; empty without a limit. */
  public Optional<Used> used() {
    if (!most.isLimited()) {
      return Optional.empty(); // and wait for no document
    }
    synchronized (this) {
      LocalDate today = today();
      DayCount count = count(today);
      return Optional.of(new Used(count.documents(), count.bytes(), most, midnight(today)));
    }
  }

  /** What is used of today's quota, in words; empty without a limit. */
  public synchronized String words() {
    DayCount count = count(today());
    String documents =
        most.documents() == Long.MAX_VALUE
            ? ""
            : String.format(
                Locale.ROOT, "%,d of %,d documents", count.documents(), most.documents());
    String bytes =
        most.bytes() == Long.MAX_VALUE
            ? ""
            : String.format(Locale.ROOT, "%,d of %,d bytes", count.bytes(), most.bytes());
    return documents + (documents.isEmpty() || bytes.isEmpty() ? "" : ", ") + bytes;
  }
}
