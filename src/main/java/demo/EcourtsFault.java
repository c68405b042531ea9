package demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One way in which {@link EcourtsPortal} answers a request wrongly. What cuts the right answer
 * short does the right thing first: the document counts as opened, the token has changed.
 */
public final class EcourtsFault {
  /**
   * What the portal would say, had it no fault.
   *
   * @param right does what was asked
   * @param error refuses with a message
   * @param expiry ends the session and says so
   */
  record Usual(
      Supplier<EcourtsAnswer> right,
      Function<String, EcourtsAnswer> error,
      Supplier<EcourtsAnswer> expiry) {}

  private static final String MAINTENANCE =
      "<!DOCTYPE html>\n<html><body><h1>Under maintenance</h1></body></html>\n";

  private final Function<Usual, EcourtsAnswer> way;

  private EcourtsFault(Function<Usual, EcourtsAnswer> way) {
    this.way = way;
  }

  /** JSON with this {@code errormsg}. */
  public static EcourtsFault errorMessage(String message) {
    return new EcourtsFault(usual -> usual.error().apply(message));
  }

  /** The session ends, and JSON says so. */
  public static EcourtsFault sessionExpire() {
    return new EcourtsFault(usual -> usual.expiry().get());
  }

  /** A page of HTML with status 200. */
  public static EcourtsFault htmlPage() {
    return always(EcourtsAnswer.html(MAINTENANCE));
  }

  /** The portal's page of 315 bytes for what it does not have, with status 200. */
  public static EcourtsFault notFoundPage() {
    return always(EcourtsAnswer.html(EcourtsPages.notFound()));
  }

  /** A page of HTML that calls itself a PDF. */
  public static EcourtsFault htmlNamedPdf() {
    return new EcourtsFault(
        usual -> EcourtsAnswer.of("application/pdf", EcourtsAnswer.html(MAINTENANCE).body()));
  }

  /** Status 200 and no byte. */
  public static EcourtsFault emptyBody() {
    return always(EcourtsAnswer.html(""));
  }

  /** A status of HTTP. */
  public static EcourtsFault status(int status) {
    return always(EcourtsAnswer.html(MAINTENANCE).withStatus(status));
  }

  /** Status 503 with a wish when to come again, in whole seconds. */
  public static EcourtsFault unavailable(Duration retryAfter) {
    return always(
        EcourtsAnswer.html(MAINTENANCE)
            .withStatus(503)
            .withRetryAfter(String.valueOf(retryAfter.toSeconds())));
  }

  /** The right answer, but the connection breaks off in its middle. */
  public static EcourtsFault cutOff() {
    return new EcourtsFault(usual -> usual.right().get().cutOff());
  }

  /** The first half of the right answer, as if it were all: JSON that cannot be read. */
  public static EcourtsFault halfAnswer() {
    return new EcourtsFault(
        usual -> {
          EcourtsAnswer right = usual.right().get();
          return right.withBody(Arrays.copyOf(right.body(), right.body().length / 2));
        });
  }

  private static EcourtsFault always(EcourtsAnswer answer) {
    return new EcourtsFault(usual -> answer);
  }

  EcourtsAnswer answer(Usual usual) {
    return way.apply(usual);
  }
}
