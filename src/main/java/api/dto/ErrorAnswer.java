package api.dto;

/**
 * Why a call was not answered as asked.
 *
 * @param status always {@code error}
 * @param message the reason, for a person
 */
public record ErrorAnswer(String status, String message) {
  public ErrorAnswer(String message) {
    this("error", message);
  }
}
