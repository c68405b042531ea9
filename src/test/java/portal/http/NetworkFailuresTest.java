package portal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import portal.Request;

class NetworkFailuresTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new ConnectException("Connect to http://a:1 [a/127.0.0.1] failed: Connection refused"),
            "no connection: Connection refused"),
        Arguments.of(
            new ConnectTimeoutException("Connect to http://a:1 failed: Connect timed out"),
            "no connection within portal.connect-timeout"),
        Arguments.of(
            new SocketTimeoutException("Read timed out"),
            "no answer within portal.response-timeout"),
        Arguments.of(
            new NoHttpResponseException("a:1 failed to respond"),
            "the server closed the connection without an answer"),
        Arguments.of(new SocketException("Connection reset"), "Connection reset"),
        Arguments.of(new EOFException(), "the connection broke off"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsReportedWithoutClassNames(IOException failure, String words) {
    Request request = Request.page(URI.create("http://a:1/list"));

    assertThat(NetworkFailures.explain(request, Optional.empty(), failure))
        .hasMessage("http://a:1/list: " + words);
  }
}
