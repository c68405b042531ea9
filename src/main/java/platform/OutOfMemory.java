package platform;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process at once when memory runs out. Otherwise it would stay half alive: the HTTP
 * client closes its connections for good, threads die, and no supervisor restarts it. The ledger
 * survives an end at any moment.
 *
 * <p>The JVM does the same with {@code -XX:+ExitOnOutOfMemoryError}; this works without the flag.
 * Uncaught errors arrive in {@link #watchThreads}; those caught by Camel, an executor or a library
 * are passed to {@link #endIfCauseOf} in suitable places.
 */
public final class OutOfMemory {
  /** As with {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int EXIT = 3;

  private static final int MOST_CAUSES = 50;

  // created in advance, because there is no memory left when they are needed
  private static final OutputStream STDERR = new FileOutputStream(FileDescriptor.err);
  private static final byte[] WORDS =
      "out of memory: give the JVM more, for example -Xmx256m, and start again\n"
          .getBytes(StandardCharsets.US_ASCII);

  private OutOfMemory() {}

  /** From now on, a thread that ends for lack of memory ends the process. */
  public static void watchThreads() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfCauseOf(failure);
          System.err.print("Exception in thread \"" + thread.getName() + "\" ");
          failure.printStackTrace();
        });
  }

  /** Ends the process if a failure was caused by lack of memory. */
  public static void endIfCauseOf(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) { // causes may form a cycle
      if (cause instanceof OutOfMemoryError) {
        end();
      }
      cause = cause.getCause();
    }
  }

  /** One at a time: threads that run out of memory together say so once. */
  private static synchronized void end() {
    try {
      STDERR.write(WORDS);
    } catch (IOException e) {
      // nobody listens
    } finally {
      Runtime.getRuntime().halt(EXIT);
    }
  }
}
