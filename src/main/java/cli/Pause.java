package cli;

import java.time.Duration;

/** How a command waits between two queries of an instance. Tests pass in a shorter one. */
@FunctionalInterface
public interface Pause {
  /** Until the time is over, in real time. */
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  /**
   * @throws InterruptedException if the command is to end
   */
  void last(Duration duration) throws InterruptedException;
}
