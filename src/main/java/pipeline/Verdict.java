package pipeline;

import portal.CaptchaException;

/** What to do after a round; see {@link RoundJudge}. */
public sealed interface Verdict {
  /** Portal and store respond: failures count for their documents. */
  record Settled() implements Verdict {}

  /** The portal fell silent: nothing counts unless it responds with a listing. */
  record PortalSilent() implements Verdict {}

  /** The store refused a document and accepted none: nothing counts unless the bucket responds. */
  record StoreRefuses() implements Verdict {}

  /** The portal asks for a captcha before it delivers documents. */
  record AskPerson(CaptchaException asked) implements Verdict {}

  /**
   * The page cannot continue.
   *
   * @param cause determines whether the script waits or ends
   */
  record Abort(Exception cause) implements Verdict {}
}
