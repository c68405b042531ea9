package app;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Whether a signal is ending the process: what fails from then on fails because of that. */
final class SignalEnd {
  private volatile boolean begun;

  /** A signal has come; from now on, the instance is being closed. */
  void begin() {
    begun = true;
  }

  /**
   * Queries an instance that a signal may close meanwhile. If that is why it fails, this does not
   * return: the process is about to end, and there is nothing to report.
   */
  <T> T unlessClosed(Supplier<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (begun) {
        new CountDownLatch(1).await();
      }
      throw e;
    }
  }
}
