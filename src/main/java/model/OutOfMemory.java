package model;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process at once when memory runs out. Half of it would live on otherwise: the HTTP
 * client closes its connections for good, threads die, and nobody starts it again. The ledger bears
 * an end at any moment.
 *
 * <p>The JVM does the same with {@code -XX:+ExitOnOutOfMemoryError}; this holds without the flag.
 * What is caught nowhere ends in {@link #watchThreads}; what Camel, an executor or a library
 * catches is handed to {@link #endIfCauseOf} where it comes by.
 */
public final class OutOfMemory {
  /** As with {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int EXIT = 3;

  private static final int MOST_CAUSES = 50;

  // made in time, for there is no memory left when they are needed
  private static final OutputStream STDERR = new FileOutputStream(FileDescriptor.err);
  private static final byte[] WORDS =
      "out of memory: give the JVM more, for example -Xmx256m, and start again\n"
          .getBytes(StandardCharsets.US_ASCII);

  private OutOfMemory() {}

  /** From now on, a thread that lack of memory ends takes the process with it. */
  public static void watchThreads() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfCauseOf(failure);
          System.err.print("Exception in thread \"" + thread.getName() + "\" ");
          failure.printStackTrace();
        });
  }

  /**
   * Ends the process if lack of memory is behind a failure.
   *
   * @param failure may be null
   */
  public static void endIfCauseOf(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) { // causes may form a circle
      if (cause instanceof OutOfMemoryError) {
        end();
      }
      cause = cause.getCause();
    }
  }

  private static void end() {
    try {
      STDERR.write(WORDS);
    } catch (IOException e) {
      // nobody listens
    } finally {
      Runtime.getRuntime().halt(EXIT);
    }
  }
}
