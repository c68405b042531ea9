package portal.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the rate that a portal can sustain: halves it when the portal asks for a pause or answers
 * 5xx, lowers it when its answers take longer, and raises it slowly while neither happens. It has
 * no clock: the time is passed in, in nanoseconds. Not thread-safe.
 */
final class AutoRate {
  /** How long answers are collected before the rate changes. */
  private static final long WINDOW = 10_000_000_000L;

  private static final int FEWEST_ANSWERS = 3;
  private static final double FIRST_SHARE = 0.25;
  private static final double LEAST_SHARE = 0.01;

  /** What each quiet window adds, as a share of the maximum. */
  private static final double STEP = 0.05;

  private static final double AFTER_TROUBLE = 0.5;
  private static final double AFTER_SLOWNESS = 0.8;

  /** Answers are slow if they take this many times the usual, and this much longer. */
  private static final double SLOW_FACTOR = 1.5;

  private static final long SLOW_NANOS = 50_000_000;

  /**
   * The usual time grows by this factor per window, to follow a portal that has become permanently
   * slower.
   */
  private static final double FORGETTING = 1.02;

  /** The rate is raised only if at least this share of it was used. */
  private static final double USED_SHARE = 0.7;

  private final List<Long> took = new ArrayList<>();
  private int ended;
  private double most;
  private double rate;
  private double usual = Double.MAX_VALUE;
  private boolean isTroubled;
  private long began;

  /**
   * @param most the highest rate, in requests per second
   */
  AutoRate(double most, long now) {
    this.most = most;
    this.rate = most * FIRST_SHARE;
    this.began = now;
  }

  /** The highest rate from now on. */
  void most(double perSecond) {
    most = perSecond;
  }

  /**
   * A request has ended, and did not ask for a pause. One that fails at once, at a closed port or
   * with a 404, does not say that the portal is quick; one that fails late says that it is slow.
   *
   * @param answered whether it had a good answer
   */
  void ended(long nanos, boolean answered) {
    ended++;
    if (answered || nanos > usual) {
      took.add(nanos);
    }
  }

  /** The portal asked for a pause, or answered 5xx. */
  void troubled() {
    if (!isTroubled) {
      isTroubled = true; // several answers at the same time count once
      change(rate * AFTER_TROUBLE);
    }
  }

  /** Requests per second, from now on. */
  double rate(long now) {
    if (now - began >= WINDOW && (isTroubled || took.size() >= FEWEST_ANSWERS)) {
      if (!isTroubled) {
        judge((now - began) / 1e9);
      }
      isTroubled = false;
      took.clear();
      ended = 0;
      began = now;
    }
    return Math.min(rate, most);
  }

  private void judge(double seconds) {
    Collections.sort(took);
    double median = took.get(took.size() / 2);
    if (median > usual * SLOW_FACTOR && median > usual + SLOW_NANOS) {
      change(rate * AFTER_SLOWNESS);
    } else if (ended >= rate * seconds * USED_SHARE) {
      change(rate + most * STEP);
    }
    usual = Math.min(median, usual * FORGETTING);
  }

  private void change(double to) {
    rate = Math.min(most, Math.max(most * LEAST_SHARE, to));
  }
}
