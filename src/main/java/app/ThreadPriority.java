package app;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduling priority of a thread. On a server with two processors, a harvest at full speed
 * keeps both busy, and every response of the API would wait behind documents. The JVM's own thread
 * priorities have no effect on Linux.
 */
final class ThreadPriority {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadPriority.class);
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0; // on Linux, where each thread has its own priority

  /**
   * Lower than the API, but not the lowest: at 19, other busy processes would bring them to a halt.
   */
  private static final int STEPPED_BACK = 10;

  /** See setpriority(2). */
  private interface LibC extends Library {
    int setpriority(int which, int who, int priority);
  }

  /** Loads the library at the first use, and only once. */
  private static final class Loaded {
    /** Null where it is not available. */
    static final @Nullable LibC LIB_C = load();

    private Loaded() {}

    private static @Nullable LibC load() {
      try {
        return Platform.isLinux() ? Native.load("c", LibC.class) : null;
      } catch (LinkageError e) {
        LOG.info(
            "thread priorities cannot be changed, so documents compete with the API: {}",
            e.getMessage());
        return null;
      }
    }
  }

  private ThreadPriority() {}

  /** Wraps work, to run it on a thread with a lower priority. */
  static Runnable behindOthers(Runnable work) {
    return () -> {
      stepBack();
      work.run();
    };
  }

  /** Gives the calling thread a lower priority. Has no effect where that is not available. */
  static void stepBack() {
    if (Loaded.LIB_C != null) {
      Loaded.LIB_C.setpriority(PRIO_PROCESS, THIS_THREAD, STEPPED_BACK);
    }
  }
}
