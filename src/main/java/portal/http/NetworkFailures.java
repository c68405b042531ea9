package portal.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import model.FailureReason;
import model.TlsFailure;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import portal.PortalException;
import portal.Request;
import portal.SpoolException;

/** Finds the reason for a failure between this program and the portal. */
final class NetworkFailures {
  private NetworkFailures() {}

  /**
   * Every I/O failure here is the portal's, because failures of our own disk arrive as a {@link
   * SpoolException}.
   */
  static RuntimeException explain(Request request, Exception failure) {
    if (failure instanceof RuntimeException known) {
      return known;
    }
    if (failure instanceof IOException || failure instanceof HttpException) {
      return new PortalException(
          reason(failure), request.uri() + ": " + words(request, failure), failure);
    }
    return new IllegalStateException(failure);
  }

  private static String words(Request request, Exception failure) {
    if (failure instanceof MessageConstraintException) {
      return "more than %d header lines, or a line of more than %d bytes"
          .formatted(PortalClient.MAX_HEADER_LINES, PortalClient.MAX_LINE_BYTES);
    }
    if (failure instanceof UnknownHostException) {
      return "the host " + request.uri().getAuthority() + " is unknown";
    }
    return TlsFailure.words(failure, request.uri().getAuthority(), "portal.ca-file")
        .orElseGet(failure::toString);
  }

  private static FailureReason reason(Exception failure) {
    if (failure instanceof ConnectTimeoutException
        || failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
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
