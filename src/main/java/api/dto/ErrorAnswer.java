package api.dto;

/**
 * Why a call failed.
 *
 * @param status always {@code error}
 * @param message the reason, in words
 */
public record ErrorAnswer(String status, String message) {
  public ErrorAnswer(String message) {
    this("error", message);
  }
}
