package ledger;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The ledger could not be read or written, usually because of a full or broken disk. */
public class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static LedgerException unreadable(SQLException e) {
    return new LedgerException("the ledger could not be read: " + e.getMessage(), e);
  }
}
