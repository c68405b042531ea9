package simulation;

import java.util.concurrent.Semaphore;

/** One thread of the simulation: it runs, is ready to, or waits. */
final class Fiber {
  private final World world;
  private final Process process;
  private final Runnable work;
  private final Semaphore baton = new Semaphore(0);
  private boolean isBegun;
  private boolean isWaiting;
  private long waits;

  Fiber(World world, Process process, Runnable work) {
    this.world = world;
    this.process = process;
    this.work = work;
  }

  /** The calling thread, which runs already, in a process of its own. */
  static Fiber running(World world) {
    Fiber fiber = new Fiber(world, new Process(), () -> {});
    fiber.isBegun = true;
    return fiber;
  }

  /** Lets it go on, or begin: the caller stops at once. */
  void go() {
    if (isBegun) {
      baton.release();
    } else {
      isBegun = true;
      world.execute(this);
    }
  }

  /** Stops the calling thread, which is this one, until somebody lets it go on. */
  void pause() {
    baton.acquireUninterruptibly();
  }

  void work() {
    check();
    work.run();
  }

  void end() {
    process.remove(this);
  }

  /** Throws {@link Killed} if its process was killed. */
  void check() {
    if (process.isKilled()) {
      throw new Killed();
    }
  }

  /** Returns the number of the wait that begins. */
  long beginsToWait() {
    isWaiting = true;
    return ++waits;
  }

  /** Whether it was still in the wait with this number, which ends. */
  boolean stopsWaiting(long wait) {
    return waits == wait && stopsWaiting();
  }

  /** Whether it has waited, and does not any more. */
  boolean stopsWaiting() {
    boolean waited = isWaiting;
    isWaiting = false;
    return waited;
  }
}
