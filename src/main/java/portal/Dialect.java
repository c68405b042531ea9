package portal;

import java.nio.file.Path;

/**
 * How one kind of portal is spoken to. The routes know only this: a further portal is one more
 * class that implements it. A dialect may send as many requests as it needs for a page or a
 * document; what a session must remember between them (cookies, tokens) lives in its {@link
 * Session}.
 */
public interface Dialect {
  /**
   * Begins the conversation of one script. Nothing is sent yet.
   *
   * @param http the door through which this session sends its requests
   * @param memory what outlasts the program: of use to a session that the portal keeps
   */
  Session open(PortalHttp http, SessionMemory memory);

  /** The conversation of one script with the portal. */
  interface Session {
    /** How many documents may be fetched at once within this session, at least 1. */
    int parallel();

    /**
     * Lists one page.
     *
     * @param page from 1
     * @throws PortalException when it could not be listed or read, or holds fewer rows than it
     *     must; never an empty listing instead
     * @throws CaptchaException when the portal asks for a person first: see {@link #answer}
     * @throws SessionException when the conversation cannot go on now
     */
    Listing list(int page);

    /**
     * Fetches one document and checks it: status, length, {@code %PDF-}, {@code %%EOF}.
     *
     * @param row a row that is to be fetched
     * @param spool the file that takes it; what lies there after a failure is the caller's to
     *     delete
     * @throws PortalException when it did not come, or is no whole PDF
     * @throws CaptchaException when the portal asks for a person first: see {@link #answer}
     * @throws SessionException when the conversation cannot go on now
     */
    Download fetch(Row row, Path spool);

    /**
     * Gives the portal what a person read in the image that it asked with last. What was asked for
     * can then be asked for again.
     *
     * @throws CaptchaException when it was wrong: the portal asks again, with a new image
     */
    default void answer(String captcha) {
      throw new IllegalStateException("this portal asks for no captcha");
    }
  }
}
