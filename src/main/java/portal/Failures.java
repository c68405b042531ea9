package portal;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Finds the contract's word for what went wrong between us and the portal. */
final class Failures {
  private Failures() {}

  static RuntimeException explain(Request request, Exception failure) {
    if (failure instanceof RuntimeException known) {
      return known;
    }
    Reason reason = reason(failure);
    if (reason == null) {
      return failure instanceof IOException io
          ? new UncheckedIOException(io)
          : new IllegalStateException(failure);
    }
    return new PortalException(reason, request.uri() + ": " + failure, failure);
  }

  private static Reason reason(Exception failure) {
    if (failure instanceof ConnectTimeoutException
        || failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLException) {
      return Reason.CONNECT;
    }
    if (failure instanceof SocketTimeoutException) {
      return Reason.TIMEOUT;
    }
    if (failure instanceof NoHttpResponseException
        || failure instanceof SocketException
        || failure instanceof ProtocolException) {
      return Reason.RESET;
    }
    if (failure instanceof ConnectionClosedException
        || failure instanceof TruncatedChunkException
        || failure instanceof MalformedChunkCodingException
        || failure instanceof EOFException) {
      return Reason.TRUNCATED;
    }
    return null;
  }
}
