package alerts;

import java.time.Duration;
import java.util.List;

/** A way to notify people: mail or webhook. */
interface Channel {
  /** How long a server may take; one that is silent for longer counts as down. */
  Duration TIMEOUT = Duration.ofSeconds(20);

  /** The notices were not accepted. The message says why, without secrets. */
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

    /** Whether there was an answer, so that other notices may be accepted. */
    boolean isRefused() {
      return isRefused;
    }
  }

  /**
   * What the server did with the notices it accepted.
   *
   * @param words as "answered 204"
   * @param toAll false if it refused some of the recipients
   * @param later those recipients that may be accepted at another attempt
   */
  record Delivery(String words, boolean toAll, List<String> later) {
    static Delivery toAll(String words) {
      return new Delivery(words, true, List.of());
    }
  }

  /** Its name, for the log and for tests. */
  String name();

  /** How long notices are collected, from the first on. */
  Duration gather();

  /** Divides notices into groups that are sent together. */
  List<List<Notice>> batches(List<Notice> notices);

  /**
   * Sends them, on the calling thread.
   *
   * @throws NotTakenException if it did not accept them
   */
  Delivery send(List<Notice> together) throws NotTakenException;
}
