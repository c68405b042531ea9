package store;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import model.ServerText;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import store.StoreException.Kind;

/**
 * Describes a failed call in the store's own words: its code and its message. Advice is added only
 * where it follows from the code.
 */
final class StoreFailures {
  /** These are about the store, the machine or the credentials, never about an object. */
  private static final Set<String> NEVER_AN_OBJECTS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "TokenRefreshRequired",
          "RequestTimeTooSkewed",
          "RequestTimeout",
          "OperationAborted", // somebody else is at it, as two instances that create the bucket
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "RequestLimitExceeded");

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MOVED = 301;
  private static final int FORBIDDEN = 403;
  private static final int LONGEST_WORDS = 300;

  private static final Pattern REGION = Pattern.compile("expecting '([A-Za-z0-9-]{1,63})'");

  private final BucketRole role;

  StoreFailures(BucketRole role) {
    this.role = role;
  }

  /**
   * @param now the time here, to be compared with the store's
   */
  StoreException of(SdkException e, Instant now) {
    if (e instanceof AbortedException) {
      return new StoreException(Kind.ABORTED, 0, "", e.getMessage(), e);
    }
    return e instanceof SdkServiceException answer
        ? answered(answer, now)
        : new StoreException(Kind.AWAY, 0, "", unanswered(e), e);
  }

  private StoreException answered(SdkServiceException answer, Instant now) {
    Optional<AwsErrorDetails> details =
        answer instanceof AwsServiceException aws
            ? Optional.ofNullable(aws.awsErrorDetails())
            : Optional.empty();
    int status = answer.statusCode();
    String code = details.map(AwsErrorDetails::errorCode).orElse("");
    String message = details.map(AwsErrorDetails::errorMessage).orElse("");
    String own =
        role.name
            + " answered "
            + status
            + (code.isEmpty() ? "" : " " + code)
            + (message.isEmpty() ? "" : ": " + message)
            + details.map(known -> advice(status, code, known, now)).orElse("");
    boolean never =
        NEVER_AN_OBJECTS.contains(code) || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    return new StoreException(never ? Kind.AWAY : Kind.REFUSED, status, code, line(own), answer);
  }

  private String advice(int status, String code, AwsErrorDetails details, Instant now) {
    return switch (code) {
      case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" ->
          "; expected new credentials, because AWS_SESSION_TOKEN has expired";
      case "RequestTimeTooSkewed" -> skew(details, now);
      case "AccessDenied", "AllAccessDisabled", "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          credentials();
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          region(details);
      default ->
          code.isEmpty() && status == FORBIDDEN
              ? credentials()
              : status == MOVED ? region(details) : "";
    };
  }

  private String credentials() {
    return "; expected " + role.credentials;
  }

  private String region(AwsErrorDetails details) {
    Matcher named = REGION.matcher(String.valueOf(details.errorMessage()));
    String region =
        header("x-amz-bucket-region", details)
            .orElseGet(() -> named.find() ? named.group(1) : "the region of the bucket");
    return "; expected %s to be %s".formatted(role.regionKey, region);
  }

  private String skew(AwsErrorDetails details, Instant now) {
    String advice = "; expected this machine's clock to be right";
    try {
      return header("Date", details)
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .map(date -> Duration.between(date, now))
          .map(
              ahead ->
                  "%s, which is %s %s the store's"
                      .formatted(
                          advice, words(ahead.abs()), ahead.isNegative() ? "behind" : "ahead of"))
          .orElse(advice);
    } catch (DateTimeException e) {
      return advice;
    }
  }

  private static String words(Duration time) {
    return time.toMinutes() < 2 ? time.toSeconds() + " s" : time.toMinutes() + " min";
  }

  private static Optional<String> header(String name, AwsErrorDetails details) {
    return details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader(name);
  }

  /** The root cause usually has the best message, except for TLS failures and unknown hosts. */
  private String unanswered(SdkException e) {
    Throwable root = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException
          || cause instanceof GeneralSecurityException
          || cause instanceof UnknownHostException) {
        return words(cause);
      }
      root = cause;
    }
    return words(root);
  }

  private String words(Throwable cause) {
    String message = line(String.valueOf(cause.getMessage()));
    if (cause instanceof UnknownHostException) {
      return "the host \"%s\" is unknown"
          .formatted(message.replaceFirst(":.*", "").strip()); // some systems add why
    }
    if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
      return certificate(message);
    }
    if (cause instanceof ConnectException) {
      return "connection refused";
    }
    return cause instanceof SocketTimeoutException ? "no answer in time" : message;
  }

  private String certificate(String message) {
    boolean untrusted = message.contains("PKIX") || message.contains("trustAnchors");
    return untrusted
        ? "its certificate is issued by an authority that this machine does not trust; expected "
            + role.authoritiesKey
            + " to name a PEM file with it"
        : "no secure connection: " + message;
  }

  private static String line(String text) {
    return ServerText.cut(ServerText.harmless(text), LONGEST_WORDS);
  }
}
