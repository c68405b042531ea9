package api;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import model.Ticker;

/** Counts wrong keys by caller, and schedules the responses. */
final class WrongKeys {
  /** Less than the promised 20 responses a second, because timers are sometimes late in bursts. */
  private static final long SPACING = Duration.ofMillis(60).toNanos();

  private static final long LONGEST_WAIT = Duration.ofSeconds(30).toNanos();
  private static final int MOST_CALLERS = 1000;
  private static final int CALLERS_NAMED = 3;

  private final String what;
  private final Ticker ticker;
  private final Map<String, Integer> callers = new TreeMap<>();
  private long next;
  private int count;

  /**
   * @param what was wrong, for the log: {@code a wrong key}
   */
  WrongKeys(String what, Ticker ticker) {
    this.what = what;
    this.ticker = ticker;
    this.next = ticker.nanos();
  }

  /**
   * Counts a wrong key.
   *
   * @return milliseconds until the response, whoever the caller is; empty if so many are waiting
   *     that it gets no response
   */
  synchronized OptionalLong add(String caller) {
    count++;
    if (callers.size() < MOST_CALLERS || callers.containsKey(caller)) {
      callers.merge(caller, 1, Integer::sum);
    }
    long now = ticker.nanos();
    long turn = Math.max(now, next);
    if (turn - now > LONGEST_WAIT) {
      return OptionalLong.empty();
    }
    next = turn + SPACING;
    return OptionalLong.of((turn - now) / 1_000_000);
  }

  /** Whether none has been counted since the last {@link #summary}. */
  synchronized boolean isFirst() {
    return count == 1;
  }

  /** A log message about everything counted since the last call. */
  synchronized String summary() {
    String who =
        callers.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(CALLERS_NAMED)
            .map(caller -> caller.getKey() + ": " + caller.getValue())
            .collect(Collectors.joining(", "));
    String summary =
        "%d %s refused for %s (%s%s)"
            .formatted(
                count,
                count == 1 ? "call was" : "calls were",
                what,
                who,
                callers.size() > CALLERS_NAMED ? " and others" : "");
    count = 0;
    callers.clear();
    return summary;
  }
}
