package ledger;

/** The ledger could not be read or written, usually because of a full or broken disk. */
public class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
