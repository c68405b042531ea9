package simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Checks that the program keeps to the rate, to the pauses and to robots.txt. */
final class Politeness {
  /** Requests per second that the program has promised. */
  static final double RATE = 8;

  private final World world;
  private final Checks checks;
  private final Deque<Long> starts = new ArrayDeque<>();
  private long pausedUntil;

  Politeness(World world, Checks checks) {
    this.world = world;
    this.checks = checks;
  }

  /** A new process knows nothing of what was promised before. */
  void forget() {
    starts.clear();
    pausedUntil = 0;
  }

  /** The portal asks for a pause from now on. */
  void pause(Duration time) {
    pausedUntil = Math.max(pausedUntil, world.nanos() + time.toNanos());
  }

  void asked(String path) {
    long now = world.nanos();
    checks.require(
        now >= pausedUntil || path.equals("/robots.txt") && starts.isEmpty(),
        () -> path + " is asked for during a pause");
    checks.require(!path.startsWith("/secret/"), () -> path + " is against robots.txt");
    starts.addLast(now);
    while (starts.peekFirst() <= now - Duration.ofSeconds(1).toNanos()) {
      starts.removeFirst();
    }
    checks.require(starts.size() <= RATE + 1, () -> starts.size() + " requests in one second");
  }
}
