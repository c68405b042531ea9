package api;

/** A call that cannot be answered as asked. */
public class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status HTTP status of the answer
   * @param message for the caller: what was wrong and what would be right
   */
  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
