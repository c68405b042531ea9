package demo.ecourts;

import java.util.Map;

/**
 * A request as {@link EcourtsPortal} received it.
 *
 * @param kind what it asks for
 * @param subject the path of a document, or the offset of a listing; empty for other requests
 * @param before how many requests of this kind and subject came before it
 * @param session number of the session whose cookie it carries, alive or not, from 1; 0 for none
 * @param form its fields, in their order
 * @param userAgent its User-Agent, empty for none
 * @param nanos time of arrival, as {@link System#nanoTime}
 */
public record PortalCall(
    Kind kind,
    String subject,
    int before,
    int session,
    Map<String, String> form,
    String userAgent,
    long nanos) {

  /** What a request asks for. */
  public enum Kind {
    /** The search page, which opens a session. */
    START,
    /** A page of the listing. */
    LISTING,
    /** The address of a document. */
    OPEN,
    /** The address of a document, with the answer to a captcha. */
    SOLVED_OPEN,
    /** An answer to the captcha of the search page. */
    CHECK_CAPTCHA,
    /** The image of a captcha. */
    IMAGE,
    /** A document, at its short-lived address. */
    DOCUMENT,
    /** {@code robots.txt}. */
    ROBOTS,
    /** Anything else. */
    OTHER
  }
}
