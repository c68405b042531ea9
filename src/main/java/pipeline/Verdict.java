package pipeline;

import java.util.Set;
import model.web.WebAddress;
import portal.CaptchaException;

/** What to do after a round; see {@link RoundJudge}. */
public sealed interface Verdict {
  /** Whether a failure of the round counts for its document, once the page goes on. */
  default boolean counts(Outcome.Failed failed) {
    return true;
  }

  /** The hosts and the store respond: failures count for their documents. */
  record Settled() implements Verdict {}

  /**
   * Hosts fell silent: nothing counts unless the portal responds with a listing, and silence counts
   * only for documents of other hosts than these.
   *
   * @param hosts their roots
   */
  record HostsSilent(Set<WebAddress> hosts) implements Verdict {
    @Override
    public boolean counts(Outcome.Failed failed) {
      return !failed.failure().isStore() && !blames(failed);
    }

    /** Whether the document failed because of one of these hosts. */
    boolean blames(Outcome.Failed failed) {
      return failed.failure().isSilence() && hosts.contains(failed.host());
    }
  }

  /**
   * The store did not take a document: nothing counts unless it takes another object now.
   *
   * @param cause the refusal, in the store's own words
   */
  record StoreRefuses(Exception cause) implements Verdict {
    @Override
    public boolean counts(Outcome.Failed failed) {
      return !failed.failure().isSilence();
    }
  }

  /**
   * The store refused, and there was no object to test it with: the page's other documents go
   * first.
   */
  record StoreUndecided() implements Verdict {
    @Override
    public boolean counts(Outcome.Failed failed) {
      return !failed.failure().isStore() && !failed.failure().isSilence();
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
