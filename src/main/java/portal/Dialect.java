package portal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;
import model.Validators;
import model.web.WebAddress;

/**
 * The protocol of one kind of portal; the routes know nothing else about it. A dialect may send as
 * many requests as it needs for a page or a document. What must be remembered between them
 * (cookies, tokens) is kept in its {@link Session}.
 */
public interface Dialect {
  /**
   * Opens the session of one script. Nothing is sent yet.
   *
   * @param http sends the requests of this session
   * @param memory keeps state across restarts of the program, for sessions that the portal keeps as
   *     well
   */
  Session open(PortalHttp http, SessionMemory memory);

  /**
   * For a source that never changes what it has listed: looks for new pages, on the thread of the
   * last script when it sweeps, with the permits of that script, and returns how many pages there
   * are now. Without it, a sweep lists all pages again.
   */
  default Optional<ToIntFunction<Desk>> growth() {
    return Optional.empty();
  }

  /**
   * Opens the session of one script, which may also send requests with another client.
   *
   * @param desk permits and stop signal for those requests
   */
  default Session open(PortalHttp http, SessionMemory memory, Desk desk) {
    return open(http, memory);
  }

  /**
   * The id of the document at an address, as its rows have it, however the address is spelled;
   * empty if the id does not follow from the address.
   */
  default Optional<String> idOf(WebAddress address) {
    return Optional.empty();
  }

  /**
   * Whether a listing vouches for every host that rows name, so that none of them is probed when it
   * is silent.
   */
  default boolean speaksForAllHosts() {
    return false;
  }

  /**
   * Whether the bytes of one document may differ from row to row, so that among all instances the
   * first stored must win. The store then needs conditional writes.
   */
  default boolean firstStoredWins() {
    return false;
  }

  /** The session of one script with the portal. */
  interface Session {
    /** How many documents may be fetched at once within this session, at least 1. */
    int parallel();

    /**
     * Lists one page.
     *
     * @param page from 1
     * @throws PortalException if the page could not be listed or read, or has fewer rows than it
     *     must have; an empty listing is never returned instead
     * @throws CaptchaException if the portal asks for a person first: see {@link #answer}
     * @throws SessionException if the session cannot continue now
     */
    Listing list(int page);

    /**
     * Called in place of {@link #list} when the page's manifest is known to be damaged: its rows
     * must not be taken from it.
     *
     * @param page from 1
     */
    default Listing listFromSource(int page) {
      return list(page);
    }

    /**
     * Called in place of {@link #list} when the rows of the page are already known.
     *
     * @param page from 1
     */
    default void recall(int page) {}

    /**
     * Fetches one document and checks it: status, length, {@code %PDF-}, {@code %%EOF}.
     *
     * @param row a row that is fetchable
     * @param spool the file to write to; after a failure the caller deletes it
     * @throws PortalException if it did not arrive, or is not a complete PDF
     * @throws CaptchaException if the portal asks for a person first: see {@link #answer}
     * @throws SessionException if the session cannot continue now
     */
    Download fetch(Row row, Path spool);

    /**
     * Fetches a stored document, as {@link #fetch} does, unless the portal says that it has no
     * other version. Without validators, it is always fetched.
     *
     * @param stored what the portal said of the stored version
     * @return empty if the portal has no other version
     */
    default Optional<Download> fetchIfChanged(Row row, Path spool, Validators stored) {
      return Optional.of(fetch(row, spool));
    }

    /**
     * Sends the portal what a person read in its latest captcha. After that, the original request
     * can be repeated.
     *
     * @throws CaptchaException if the answer was wrong: the portal asks again, with a new image
     */
    default void answer(String captcha) {
      throw new IllegalStateException("this portal asks for no captcha");
    }
  }
}
