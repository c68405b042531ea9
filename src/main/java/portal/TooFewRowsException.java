package portal;

import java.util.OptionalLong;
import model.FailureReason;

/** A page has fewer rows than the plan expects. */
public final class TooFewRowsException extends PortalException {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final long expected;
  private final long total;

  TooFewRowsException(String message, int rows, long expected, OptionalLong total) {
    super(FailureReason.UNREADABLE, message);
    this.rows = rows;
    this.expected = expected;
    this.total = total.orElse(-1);
  }

  /** The number of rows on the page. */
  public int rows() {
    return rows;
  }

  /** How many it must have at least. */
  public long expected() {
    return expected;
  }

  /** The portal's total; empty if it names none. */
  public OptionalLong total() {
    return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
  }
}
