package app;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduling priority of a thread. On a server of two processors that a harvest at full speed
 * keeps busy, every answer of the API would wait behind the documents; the JVM's own thread
 * priorities have no effect on Linux.
 */
final class ThreadPriority {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadPriority.class);
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0; // so on Linux, where each thread has its own
  private static final int STEPPED_BACK = 19;

  /** See setpriority(2). */
  private interface LibC extends Library {
    int setpriority(int which, int who, int priority);
  }

  /** Loaded when it is first asked for, and once: it is asked for often. */
  private static final class Loaded {
    /** Null where it is not to be had. */
    static final LibC LIB_C = load();

    private Loaded() {}

    private static LibC load() {
      try {
        return Platform.isLinux() ? Native.load("c", LibC.class) : null;
      } catch (LinkageError e) {
        LOG.info("documents are fetched at the API's own priority: {}", e.getMessage());
        return null;
      }
    }
  }

  private ThreadPriority() {}

  /** The same work, on a thread that lets all others go first. */
  static Runnable behindOthers(Runnable work) {
    return () -> {
      stepBack();
      work.run();
    };
  }

  /** Lets all others go before the calling thread. Without effect where it is not to be had. */
  static void stepBack() {
    if (Loaded.LIB_C != null) {
      Loaded.LIB_C.setpriority(PRIO_PROCESS, THIS_THREAD, STEPPED_BACK);
    }
  }
}
