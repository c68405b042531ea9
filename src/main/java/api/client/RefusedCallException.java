package api.client;

import config.UsageException;

/** The instance responded, and did not do what was asked. */
public final class RefusedCallException extends UsageException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RefusedCallException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** HTTP status of the response. */
  public int status() {
    return status;
  }
}
