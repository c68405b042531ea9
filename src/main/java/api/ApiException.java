package api;

/** A call that fails because of the caller, or because of the current state. */
public class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status HTTP status of the response
   * @param message for the caller: what is wrong and what is expected
   */
  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
