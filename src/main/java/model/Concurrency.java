package model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/**
 * The maximum number of concurrent requests to the portal. It may change while the instance runs.
 * Thread-safe.
 */
public final class Concurrency {
  /** The most that can be set. */
  public static final int MOST = 10_000;

  private final List<IntConsumer> followers = new CopyOnWriteArrayList<>();
  private volatile int now;

  /**
   * @param first the number to begin with
   */
  public Concurrency(int first) {
    this.now = first;
  }

  /** The current number. */
  public int now() {
    return now;
  }

  /** Sets another number. Requests in progress are not cancelled. */
  public synchronized void set(int number) {
    now = number;
    followers.forEach(each -> each.accept(number));
  }

  /** Calls back with the current number, and whenever it changes. */
  public synchronized void follow(IntConsumer follower) {
    followers.add(follower);
    follower.accept(now);
  }
}
