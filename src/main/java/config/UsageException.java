package config;

import org.jspecify.annotations.Nullable;

/**
 * A problem that the user can fix: a wrong value, a missing file, a port in use. Only the message
 * is shown, so it is one line that says what is wrong and what is expected.
 */
public class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and what is expected; line breaks in it become spaces
   */
  public UsageException(String message) {
    this(message, null);
  }

  /**
   * @param message as above
   * @param cause never shown to the user
   */
  public UsageException(String message, @Nullable Throwable cause) {
    super(message.replaceAll("\\p{Cntrl}+", " ").strip(), cause);
  }
}
