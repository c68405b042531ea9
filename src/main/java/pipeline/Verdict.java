package pipeline;

import portal.CaptchaException;

/** What is to be done about a round that has ended; see {@link RoundJudge}. */
public sealed interface Verdict {
  /** Portal and store answer: what failed is held against its documents. */
  record Settled() implements Verdict {}

  /** The portal fell silent: nothing counts unless it answers for a listing. */
  record PortalSilent() implements Verdict {}

  /**
   * The store refused a document and took none: nothing counts unless it answers for its bucket.
   */
  record StoreRefuses() implements Verdict {}

  /** The portal asks for a person, and gives no document before. */
  record AskPerson(CaptchaException asked) implements Verdict {}

  /**
   * The page is left where it is.
   *
   * @param cause tells the script whether to wait or to end
   */
  record Abort(Exception cause) implements Verdict {}
}
