package portal;

import model.FailureReason;

/** A PDF arrived in full according to its declared length, but lacks its end. */
public final class UnendedException extends PortalException {
  private static final long serialVersionUID = 1L;

  private final transient Download download;

  /**
   * @param message what was requested and what came, for the log
   * @param download what arrived
   */
  public UnendedException(String message, Download download) {
    super(FailureReason.TRUNCATED, message);
    this.download = download;
  }

  public Download download() {
    return download;
  }
}
