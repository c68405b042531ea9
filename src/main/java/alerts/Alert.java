package alerts;

import org.jspecify.annotations.Nullable;

/**
 * An alert, as webhooks receive it.
 *
 * @param text one line
 * @param kind the word of an {@link AlertKind}
 * @param state {@code open} or {@code closed}
 * @param instance number of the instance
 * @param script the script that it concerns; null for none
 * @param since when it began, ISO-8601; null if unknown
 */
public record Alert(
    String text,
    String kind,
    String state,
    int instance,
    @Nullable Integer script,
    @Nullable String since) {
  static final String OPEN = "open";
  static final String CLOSED = "closed";

  /** Whether it is only a test: every other alert of its kind has a script. */
  boolean onlyTries() {
    return script == null && kind.equals(AlertKind.SCRIPT_COMPLETED.word());
  }
}
