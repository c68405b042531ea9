package demo.ecourts;

import java.time.Duration;
import java.util.Arrays;

/**
 * The faults that tests inject into {@link EcourtsPortal}. A fault that cuts the correct response
 * short takes effect after the portal has handled the request: the document counts as opened, the
 * token has changed.
 */
public final class PortalFaults {
  private static final String MAINTENANCE =
      "<!DOCTYPE html>\n<html><body><h1>Under maintenance</h1></body></html>\n";

  private PortalFaults() {}

  /** JSON with this {@code errormsg}. */
  public static PortalFault errorMessage(String message) {
    return usual -> usual.error().apply(message);
  }

  /** Ends the session, and says so in JSON. */
  public static PortalFault sessionExpire() {
    return usual -> usual.expiry().get();
  }

  /** A page of HTML with status 200. */
  public static PortalFault htmlPage() {
    return always(PortalAnswer.html(MAINTENANCE));
  }

  /** The portal's page of 315 bytes for a missing document, with status 200. */
  public static PortalFault notFoundPage() {
    return always(PortalAnswer.html(PortalPages.notFound()));
  }

  /** A page of HTML with the content type of a PDF. */
  public static PortalFault htmlNamedPdf() {
    return always(PortalAnswer.of("application/pdf", PortalAnswer.html(MAINTENANCE).body()));
  }

  /** Status 200 and an empty body. */
  public static PortalFault emptyBody() {
    return always(PortalAnswer.html(""));
  }

  /** An HTTP status. */
  public static PortalFault status(int status) {
    return always(PortalAnswer.html(MAINTENANCE).withStatus(status));
  }

  /** Status 503 with Retry-After, in whole seconds. */
  public static PortalFault unavailable(Duration retryAfter) {
    PortalAnswer answer = PortalAnswer.html(MAINTENANCE);
    return always(
        new PortalAnswer(
            503,
            answer.type(),
            answer.body(),
            answer.cookies(),
            String.valueOf(retryAfter.toSeconds()),
            answer.sent()));
  }

  /** The correct response, but the connection is cut in the middle. */
  public static PortalFault cutOff() {
    return usual -> {
      PortalAnswer right = usual.right().get();
      return new PortalAnswer(
          right.status(),
          right.type(),
          right.body(),
          right.cookies(),
          right.retryAfter(),
          right.body().length / 2);
    };
  }

  /** The first half of the correct response, declared as complete: unreadable JSON. */
  public static PortalFault halfAnswer() {
    return usual -> {
      PortalAnswer right = usual.right().get();
      byte[] half = Arrays.copyOf(right.body(), right.body().length / 2);
      return new PortalAnswer(
          right.status(), right.type(), half, right.cookies(), right.retryAfter(), half.length);
    };
  }

  private static PortalFault always(PortalAnswer answer) {
    return usual -> answer;
  }
}
