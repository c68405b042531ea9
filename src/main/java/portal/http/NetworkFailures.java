package portal.http;

import config.Proxy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import model.FailureReason;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import platform.TlsFailure;
import portal.PortalException;
import portal.Request;
import portal.SpoolException;

/** Finds the reason for a failure between this program and the portal. */
final class NetworkFailures {
  private static final int PROXY_WANTS_CREDENTIALS = 407;

  private NetworkFailures() {}

  /**
   * Every I/O failure here is the portal's, because failures of our own disk arrive as a {@link
   * SpoolException}.
   */
  static RuntimeException explain(Request request, Optional<Proxy> proxy, Exception failure) {
    if (failure instanceof RuntimeException known) {
      return known;
    }
    if (failure instanceof IOException || failure instanceof HttpException) {
      return new PortalException(
          reason(failure), request.uri() + ": " + words(request, proxy, failure), failure);
    }
    return new IllegalStateException(failure);
  }

  /** The proxy answered in the portal's place. */
  static PortalException refusedByProxy(Request request, Proxy proxy, int status) {
    String words =
        status != PROXY_WANTS_CREDENTIALS
            ? "answered %d instead of connecting to the portal".formatted(status)
            : proxy.user().isPresent()
                ? "does not accept the user and password in portal.proxy (407)"
                : "demands a user and password (407); portal.proxy takes them before its host";
    return new PortalException(
        FailureReason.CONNECT, "%s: the proxy %s %s".formatted(request.uri(), proxy, words));
  }

  private static String words(Request request, Optional<Proxy> proxy, Exception failure) {
    if (failure instanceof MessageConstraintException && isNoHttp(failure)) {
      return "what came is no answer of HTTP";
    }
    if (failure instanceof MessageConstraintException) {
      return "more than %d header lines, or a line of more than %d bytes"
          .formatted(PortalClient.MAX_HEADER_LINES, PortalClient.MAX_LINE_BYTES);
    }
    if (failure instanceof UnknownHostException) {
      return proxy
          .map(each -> "the host of the proxy " + each + " is unknown")
          .orElse("the host " + request.uri().getAuthority() + " is unknown");
    }
    if (proxy.isPresent() && isConnecting(failure)) {
      return "the proxy %s does not answer: %s".formatted(proxy.get(), plain(failure));
    }
    return TlsFailure.words(failure, request.uri().getAuthority(), "portal.ca-file")
        .orElseGet(() -> plain(failure));
  }

  /** The client gives up looking for a status line after some lines. */
  private static boolean isNoHttp(Exception failure) {
    return String.valueOf(failure.getMessage()).contains("empty line");
  }

  /** In words for a person who does not know the classes of Java. */
  private static String plain(Exception failure) {
    String words = String.valueOf(failure.getMessage());
    if (failure instanceof ConnectTimeoutException) {
      return "no connection within portal.connect-timeout";
    }
    if (isConnecting(failure)) {
      return "no connection: " + words.replaceFirst("^Connect to .* failed: ", "");
    }
    if (failure instanceof SocketTimeoutException) {
      return "no answer within portal.response-timeout";
    }
    if (failure instanceof NoHttpResponseException) {
      return "the server closed the connection without an answer";
    }
    return failure.getMessage() == null ? "the connection broke off" : words;
  }

  private static boolean isConnecting(Exception failure) {
    return failure instanceof ConnectTimeoutException
        || failure instanceof ConnectException
        || failure instanceof NoRouteToHostException;
  }

  private static FailureReason reason(Exception failure) {
    if (isConnecting(failure)
        || failure instanceof UnknownHostException
        || failure instanceof SSLException) {
      return FailureReason.CONNECT;
    }
    if (failure instanceof InterruptedIOException) { // includes timeouts
      return FailureReason.TIMEOUT;
    }
    if (failure instanceof ConnectionClosedException
        || failure instanceof MalformedChunkCodingException
        || failure instanceof EOFException) {
      return FailureReason.TRUNCATED;
    }
    return FailureReason.RESET;
  }
}
