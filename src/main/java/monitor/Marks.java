package monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import scripts.ScriptChange;
import scripts.ScriptListener;
import scripts.ScriptStatus;
import scripts.WaitingReason;

/** What happened to the scripts over the last day: a bounded number of marks, oldest first. */
public final class Marks implements ScriptListener {
  static final Duration SPAN = Duration.ofDays(1);
  static final int MOST = 1000;

  /** Scripts that try again for a moment do not end what they wait for. */
  private static final Duration SAME_WAIT = Duration.ofMinutes(1);

  /** What scripts wait for together, and the mark of it. */
  private static final Map<WaitingReason, Mark.Kind> COMMON =
      Map.of(
          WaitingReason.PORTAL, Mark.Kind.OUTAGE,
          WaitingReason.STORE, Mark.Kind.OUTAGE,
          WaitingReason.ROBOTS, Mark.Kind.OUTAGE,
          WaitingReason.DISK, Mark.Kind.OUTAGE,
          WaitingReason.QUOTA, Mark.Kind.QUOTA);

  private final InstantSource clock;
  private final BooleanSupplier goingDown;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Map<Integer, WaitingReason> waiting = new HashMap<>();

  /**
   * @param goingDown whether the instance shuts down, so that no script is stopped by anybody
   */
  public Marks(InstantSource clock, BooleanSupplier goingDown) {
    this.clock = clock;
    this.goingDown = goingDown;
  }

  @Override
  public synchronized void changed(ScriptChange change) {
    int script = change.script().id();
    WaitingReason before = waiting.get(script);
    WaitingReason now = change.waitingReason();
    if (before != now && !goingDown.getAsBoolean()) {
      waitsFor(script, before, now);
    }
    if (change.before() != change.now()) {
      moved(script, change.before(), change.now());
    }
  }

  private void waitsFor(int script, @Nullable WaitingReason before, @Nullable WaitingReason now) {
    if (now == null) {
      waiting.remove(script);
    } else {
      waiting.put(script, now);
    }
    if (before == WaitingReason.CAPTCHA) {
      end(Mark.Kind.CAPTCHA, script, null);
    } else if (before != null && COMMON.containsKey(before) && !waiting.containsValue(before)) {
      end(COMMON.get(before), null, before.word());
    }
    if (now == WaitingReason.CAPTCHA) {
      add(Mark.Kind.CAPTCHA, script, null);
    } else if (now != null && COMMON.containsKey(now)) {
      waitTogether(COMMON.get(now), now.word());
    }
  }

  private void waitTogether(Mark.Kind kind, String reason) {
    Instant now = clock.instant();
    Mark last = last(kind, null, reason);
    if (last == null || (last.until() != null && last.until().plus(SAME_WAIT).isBefore(now))) {
      add(kind, null, reason);
    } else {
      replace(last, last.again());
    }
  }

  private void moved(int script, ScriptStatus before, ScriptStatus now) {
    if (now == ScriptStatus.RUNNING && before != ScriptStatus.WAITING) {
      add(Mark.Kind.START, script, null);
    } else if (now == ScriptStatus.COMPLETED || now == ScriptStatus.ERROR) {
      add(Mark.Kind.STOP, script, now.word());
    } else if (now == ScriptStatus.STOPPED
        && before == ScriptStatus.STOPPING
        && !goingDown.getAsBoolean()) {
      add(Mark.Kind.STOP, script, null);
    }
  }

  @Override
  public synchronized void swept(int script) {
    add(Mark.Kind.SWEEP, script, null);
  }

  /**
   * Takes over what an earlier process kept, and marks the restart.
   *
   * @param ended when it last was known to run: what lasted then has not been seen since
   */
  synchronized void restarted(List<Mark> earlier, Instant ended) {
    List<Mark> own = new ArrayList<>(marks);
    marks.clear();
    earlier.forEach(mark -> marks.add(mark.lasts() ? mark.over(ended) : mark));
    add(Mark.Kind.RESTART, null, null);
    marks.addAll(own);
  }

  /** Those of the last day, oldest first. */
  public synchronized List<Mark> all() {
    forget();
    return List.copyOf(marks);
  }

  private void add(Mark.Kind kind, @Nullable Integer script, @Nullable String reason) {
    marks.add(new Mark(kind, clock.instant(), null, script, reason));
    forget();
  }

  private void forget() {
    Instant first = clock.instant().minus(SPAN);
    marks.removeIf(
        mark -> (mark.until() == null ? mark.at() : mark.until()).isBefore(first) && !mark.lasts());
    while (marks.size() > MOST) {
      marks.removeFirst();
    }
  }

  private void end(Mark.Kind kind, @Nullable Integer script, @Nullable String reason) {
    Mark last = last(kind, script, reason);
    if (last != null && last.until() == null) {
      replace(last, last.over(clock.instant()));
    }
  }

  private @Nullable Mark last(Mark.Kind kind, @Nullable Integer script, @Nullable String reason) {
    for (Iterator<Mark> back = marks.descendingIterator(); back.hasNext(); ) {
      Mark mark = back.next();
      if (mark.kind() == kind
          && Objects.equals(mark.script(), script)
          && Objects.equals(mark.reason(), reason)) {
        return mark;
      }
    }
    return null;
  }

  private void replace(Mark old, Mark changed) {
    List<Mark> all = new ArrayList<>(marks);
    all.replaceAll(mark -> mark == old ? changed : mark);
    marks.clear();
    marks.addAll(all);
  }
}
