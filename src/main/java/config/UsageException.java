package config;

/**
 * Something that the user can put right: a wrong value, a missing file, a port that is taken. Its
 * message is shown alone, so it is one line that says what was wrong and what would be right.
 */
public class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was wrong and what would be right; line breaks in it become spaces
   */
  public UsageException(String message) {
    this(message, null);
  }

  /**
   * @param message as above
   * @param cause what gave it away; never shown to the user
   */
  public UsageException(String message, Throwable cause) {
    super(message.replaceAll("\\p{Cntrl}+", " ").strip(), cause);
  }
}
