package pipeline;

import java.time.Duration;
import java.util.List;
import model.DocumentState;
import model.Failure;
import model.FailureReason;

/**
 * Hears what happens to pages, documents and requests. Called on the threads that do the work, many
 * at once: whoever listens is quick, safe for threads, and throws nothing.
 */
public interface PipelineListener {
  /** How the work on a page ended. */
  enum PageEnd {
    COMPLETE,
    FAILED,
    /** Undone, since its script stops. */
    LEFT
  }

  /** What came of a captcha. */
  enum Captcha {
    ASKED,
    RIGHT,
    WRONG
  }

  /** A sign that the portal's list changes while it is read. */
  enum Drift {
    /** The portal names another total than before. */
    TOTAL,
    /** Documents of the page were seen before, on other pages. */
    MOVED,
    /** A page that is read again holds documents that were nowhere before. */
    NEW
  }

  /** The work on a page has ended. */
  default void pageEnded(PageEnd end) {}

  /** A try of a page or of a document failed; nothing is said yet of what follows from it. */
  default void failed(Failure failure) {}

  /**
   * A document is in the bucket and in the ledger.
   *
   * @param size in bytes
   * @param upload time that its PUT took
   */
  default void stored(long size, Duration upload) {}

  /**
   * A document is not stored, and this is held against it.
   *
   * @param state queued, failed or rejected
   */
  default void notStored(DocumentState state, FailureReason reason) {}

  /** The portal asked for a captcha, or has taken or refused a person's answer. */
  default void captcha(Captcha what) {}

  /** The portal's list was seen to change. */
  default void drift(Drift sign) {}

  /** A request has waited so long for the governor. */
  default void waited(Duration time) {}

  /** The portal has answered whole, and without a complaint. */
  default void answered() {}

  /**
   * A request is over, however it went.
   *
   * @param forDocument whether it asked for a document rather than for a listing
   * @param time from its start to the last byte
   */
  default void asked(boolean forDocument, Duration time) {}

  /** One that tells all of these, in their order. */
  static PipelineListener all(PipelineListener... listeners) {
    return new AllListeners(List.of(listeners));
  }
}
