package app;

import java.util.Arrays;
import java.util.Set;

/**
 * Until an instance handles signals itself, a signal ends its process at once, with exit code 0:
 * nothing is half done yet. The JVM would exit with 128 plus the signal's number.
 */
final class EarlySignal {
  private static final Set<String> SERVING = Set.of("run", "demo");
  private static final Set<String> INFORMING = Set.of("-h", "--help", "-V", "--version");
  private static final Thread END = new Thread(() -> Runtime.getRuntime().halt(0), "shutdown");

  private EarlySignal() {}

  /** Begins, if these arguments start an instance. */
  static void watch(String[] args) {
    if (areServing(args)) {
      Runtime.getRuntime().addShutdownHook(END);
    }
  }

  /** Whether these arguments start an instance: without a command, {@code run} is meant. */
  static boolean areServing(String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--config")) {
        i++; // its value is not a command
      } else if (!args[i].startsWith("-")) {
        return SERVING.contains(args[i]);
      }
    }
    return Arrays.stream(args).noneMatch(INFORMING::contains);
  }

  /** Leaves signals to the instance, unless one has already arrived: then this does not return. */
  static void leave() throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(END);
    } catch (IllegalStateException e) { // the process is shutting down
      END.join();
    }
  }
}
