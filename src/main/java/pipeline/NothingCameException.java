package pipeline;

import model.Failure;
import model.FailureClassifier.SelfExplaining;
import scripts.WaitingReason;

/** No document of a page could be fetched, so the page stays open. */
final class NothingCameException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  private final WaitingReason reason;

  /**
   * @param reason who is to blame
   * @param words what failed, in one line
   */
  NothingCameException(WaitingReason reason, String words) {
    super(words);
    this.reason = reason;
  }

  WaitingReason reason() {
    return reason;
  }

  @Override
  public Failure failure() {
    Failure.Kind kind =
        reason == WaitingReason.STORE ? Failure.Kind.STORE_REFUSED : Failure.Kind.PORTAL;
    return Failure.of(kind, String.valueOf(getMessage()));
  }
}
