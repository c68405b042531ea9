package alerts;

import java.time.Duration;
import java.util.List;

/** A way to tell people: mail or webhook. */
interface Channel {
  /** How long a server may take; one that says nothing for so long counts as away. */
  Duration TIMEOUT = Duration.ofSeconds(20);

  /** It was not taken. The message says why, without secrets. */
  final class NotTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isRefused;

    NotTakenException(String message, boolean isRefused, Throwable cause) {
      super(message, cause);
      this.isRefused = isRefused;
    }

    NotTakenException(String message) {
      super(message);
      this.isRefused = true;
    }

    /** Whether there was an answer, so that others may be taken. */
    boolean isRefused() {
      return isRefused;
    }
  }

  /**
   * What the server did with what it took.
   *
   * @param words as "answered 204"
   * @param toAll false if it refused some of the recipients
   * @param later those of them that may be taken at another try
   */
  record Delivery(String words, boolean toAll, List<String> later) {
    static Delivery toAll(String words) {
      return new Delivery(words, true, List.of());
    }
  }

  /** In the log, and for whoever tries it. */
  String name();

  /** How long notices are gathered, from the first. */
  Duration gather();

  /** Divides notices into those that are sent together. */
  List<List<Notice>> batches(List<Notice> notices);

  /**
   * Sends them, on the calling thread.
   *
   * @throws NotTakenException if it did not take them
   */
  Delivery send(List<Notice> together) throws NotTakenException;
}
