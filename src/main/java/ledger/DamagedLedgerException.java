package ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger must not be used in its present state. Nothing was changed; the message says what is
 * wrong.
 */
public final class DamagedLedgerException extends LedgerException {
  private static final long serialVersionUID = 1L;

  DamagedLedgerException(String what) {
    this(what, null);
  }

  DamagedLedgerException(String what, @Nullable Throwable cause) {
    super(what, cause);
  }
}
