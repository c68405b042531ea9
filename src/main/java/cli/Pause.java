package cli;

import java.time.Duration;

/** How a command waits between two looks at an instance. Tests hand in one that is over sooner. */
@FunctionalInterface
public interface Pause {
  /** Until the time is over, in real time. */
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  /**
   * @throws InterruptedException if the command is to end
   */
  void last(Duration duration) throws InterruptedException;
}
