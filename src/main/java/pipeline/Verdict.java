package pipeline;

import model.Failure;
import portal.CaptchaException;

/** What to do after a round; see {@link RoundJudge}. */
public sealed interface Verdict {
  /** Whether a failure of the round counts for its document, once the page goes on. */
  default boolean counts(Failure failure) {
    return true;
  }

  /** Portal and store respond: failures count for their documents. */
  record Settled() implements Verdict {}

  /** The portal fell silent: nothing counts unless it responds with a listing. */
  record PortalSilent() implements Verdict {
    @Override
    public boolean counts(Failure failure) {
      return !failure.isStore();
    }
  }

  /**
   * The store did not take a document: nothing counts unless it takes another object now.
   *
   * @param cause the refusal, in the store's own words
   */
  record StoreRefuses(Exception cause) implements Verdict {
    @Override
    public boolean counts(Failure failure) {
      return !failure.isSilence();
    }
  }

  /** The store refused, and there was no object to try it with: the others of the page go first. */
  record StoreUndecided() implements Verdict {
    @Override
    public boolean counts(Failure failure) {
      return !failure.isStore() && !failure.isSilence();
    }
  }

  /** The portal asks for a captcha before it delivers documents. */
  record AskPerson(CaptchaException asked) implements Verdict {}

  /**
   * The page cannot continue.
   *
   * @param cause determines whether the script waits or ends
   */
  record Abort(Exception cause) implements Verdict {}
}
