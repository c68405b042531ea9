package monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import model.Ticker;

/**
 * The harvest over the last hour and the last day, in a fixed number of steps, with the events of
 * that time. A file keeps it for the next process.
 */
public final class History {
  /** How often {@link #sample} must be called. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  /** How often {@link #save} should be called: a killed process loses at most this much. */
  public static final Duration SAVED_EVERY = Duration.ofMinutes(1);

  private final Supplier<HarvestMetrics.Totals> totals;
  private final InstantSource clock;
  private final Ticker ticker;
  private final RollingSeries hour = new RollingSeries(Duration.ofSeconds(10), Duration.ofHours(1));
  private final RollingSeries day = new RollingSeries(Duration.ofMinutes(5), Duration.ofDays(1));
  private final HistoryFile file;
  private final Marks marks;
  private final Object saving = new Object();
  private HarvestMetrics.Totals before;
  private long sampledNanos;

  /**
   * Goes on where the last process ended.
   *
   * @param file where it is kept
   * @param marks the events, which are kept, too
   * @param clock says which step it is
   * @param ticker measures the time between two samples, however the clock is set meanwhile
   */
  public History(
      HarvestMetrics metrics, Path file, Marks marks, InstantSource clock, Ticker ticker) {
    this(metrics::totals, file, marks, clock, ticker);
  }

  History(
      Supplier<HarvestMetrics.Totals> totals,
      Path file,
      Marks marks,
      InstantSource clock,
      Ticker ticker) {
    this.totals = totals;
    this.file = new HistoryFile(file);
    this.marks = marks;
    this.clock = clock;
    this.ticker = ticker;
    this.before = totals.get();
    this.sampledNanos = ticker.nanos();
    this.file.read().ifPresent(this::goOn);
  }

  private void goOn(HistoryFile.Kept kept) {
    hour.restore(kept.hour(), clock.instant());
    day.restore(kept.day(), clock.instant());
    marks.restarted(
        kept.marks().stream().map(HistoryFile.KeptMark::mark).toList(),
        Instant.ofEpochSecond(kept.saved()));
  }

  /** Keeps it for the next process. */
  public void save() {
    synchronized (saving) { // the last one is kept, and whole; nobody who reads waits for the disk
      file.write(kept());
    }
  }

  private synchronized HistoryFile.Kept kept() {
    Instant now = clock.instant();
    return new HistoryFile.Kept(
        now.getEpochSecond(),
        hour.steps(now),
        day.steps(now),
        marks.all().stream().map(HistoryFile.KeptMark::of).toList());
  }

  /** Records what has happened since the last call. */
  public synchronized void sample() {
    Instant now = clock.instant();
    long nanos = ticker.nanos();
    HarvestMetrics.Totals counted = totals.get();
    RollingSeries.Step since =
        new RollingSeries.Step(
            (nanos - sampledNanos) / 1e9,
            counted.stored() - before.stored(),
            counted.failed() - before.failed(),
            counted.answers() - before.answers(),
            counted.answerSeconds() - before.answerSeconds());
    hour.add(now, since);
    day.add(now, since);
    before = counted;
    sampledNanos = nanos;
  }

  /** The last hour, in steps of 10 seconds. */
  public synchronized RollingSeries.Figures hour() {
    return hour.until(clock.instant());
  }

  /** The last day, in steps of 5 minutes. */
  public synchronized RollingSeries.Figures day() {
    return day.until(clock.instant());
  }

  /** What happened over the last day, oldest first. */
  public List<Mark> marks() {
    return marks.all();
  }
}
