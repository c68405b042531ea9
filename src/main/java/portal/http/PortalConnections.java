package portal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpResponseFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the portal. They read header lines as tolerantly as browsers do, and carry no
 * further request once the portal has sent more than the last response: its bytes would be taken
 * for the next response.
 */
final class PortalConnections implements HttpConnectionFactory<ManagedHttpClientConnection> {
  /** The name of a header line that has none. */
  private static final String UNREADABLE = "";

  private final Http1Config limits;

  PortalConnections(Http1Config limits) {
    this.limits = limits;
  }

  /** The request was not sent, because bytes were left on the connection, which is closed now. */
  static final class BytesLeftException extends IOException {
    private static final long serialVersionUID = 1L;

    BytesLeftException() {
      super("the connection still holds bytes after the end of the last response");
    }
  }

  @Override
  public ManagedHttpClientConnection createConnection(Socket socket) throws IOException {
    Exchange exchange = new Exchange();
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(limits)
        .requestWriterFactory(() -> exchange)
        .responseParserFactory(config -> exchange)
        .build()
        .createConnection(socket);
  }

  /** Writes the requests of one connection and parses the heads of their responses. */
  private final class Exchange
      implements HttpMessageWriter<ClassicHttpRequest>, HttpMessageParser<ClassicHttpResponse> {
    private final HttpMessageWriter<ClassicHttpRequest> writer =
        DefaultHttpRequestWriterFactory.INSTANCE.create();
    private final HttpMessageParser<ClassicHttpResponse> parser =
        new LenientHttpResponseParser(
            new TolerantLines(), DefaultClassicHttpResponseFactory.INSTANCE, limits);

    /** Where the last response came from. */
    private @Nullable SessionInputBuffer received;

    private boolean isTunnel;
    private InputStream toReceive = InputStream.nullInputStream();

    @Override
    public void write(ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out)
        throws IOException, HttpException {
      SessionInputBuffer last = received;
      if (last != null && (last.length() > 0 || toReceive.available() > 0)) {
        throw new BytesLeftException();
      }
      isTunnel = Method.CONNECT.isSame(request.getMethod());
      writer.write(request, buffer, out);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
        throws IOException, HttpException {
      received = isTunnel ? null : buffer; // what follows is TLS
      toReceive = in;
      UntilEnd head = new UntilEnd(in);
      ClassicHttpResponse response = parser.parse(buffer, head);
      if (response != null) {
        if (head.isAtEnd) { // the parser takes what came for all of it
          throw new ConnectionClosedException("the response broke off in its head");
        }
        response.removeHeaders(UNREADABLE);
        uniteLengths(response);
        dropIdentity(response);
      }
      return response;
    }
  }

  /** Knows whether its end was reached. */
  private static final class UntilEnd extends FilterInputStream {
    private boolean isAtEnd;

    UntilEnd(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      isAtEnd = read < 0;
      return read;
    }
  }

  /**
   * Reads header lines as browsers do: anything around a name, and lines that are not headers, are
   * dropped.
   */
  private static final class TolerantLines extends LazyLaxLineParser {
    @Override
    public Header parseHeader(CharArrayBuffer line) throws ParseException {
      return line.indexOf(':') > 0 ? super.parseHeader(line) : new BasicHeader(UNREADABLE, null);
    }
  }

  /**
   * {@code identity} means that the body is not encoded, but the client does not know it as an
   * encoding.
   */
  private static void dropIdentity(ClassicHttpResponse response) {
    Header encoding = response.getFirstHeader(HttpHeaders.TRANSFER_ENCODING);
    if (encoding != null && "identity".equalsIgnoreCase(encoding.getValue())) {
      response.removeHeaders(HttpHeaders.TRANSFER_ENCODING);
    }
  }

  /** Merges equal lengths. Different ones are left in place, and make the client fail. */
  private static void uniteLengths(ClassicHttpResponse response) {
    Header[] lines = response.getHeaders(HttpHeaders.CONTENT_LENGTH);
    if (lines.length == 0 || lines.length == 1 && lines[0].getValue().indexOf(',') < 0) {
      return;
    }
    Set<String> lengths =
        Arrays.stream(lines)
            .flatMap(line -> Arrays.stream(line.getValue().split(",", -1)))
            .map(String::strip)
            .collect(Collectors.toSet());
    if (lengths.size() == 1) {
      response.removeHeaders(HttpHeaders.CONTENT_LENGTH);
      response.addHeader(HttpHeaders.CONTENT_LENGTH, lengths.iterator().next());
    }
  }
}
