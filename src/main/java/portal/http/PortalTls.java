package portal.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.http.ssl.TlsCiphers;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the portal, also for hosts with {@code _}: the JDK sends no server name for them, and
 * takes no certificate as theirs.
 */
final class PortalTls implements TlsSocketStrategy {
  private final SSLContext tls;
  private final DefaultHostnameVerifier verifier =
      new DefaultHostnameVerifier(PublicSuffixMatcherLoader.getDefault());

  PortalTls(SSLContext tls) {
    this.tls = tls;
  }

  /** Also one that {@link javax.net.ssl.SNIHostName} refuses. */
  private static final class AnyHostName extends SNIServerName {
    AnyHostName(String host) {
      super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String host, int port, @Nullable Object attachment, HttpContext context)
      throws IOException {
    SSLSocket upgraded = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
    try {
      SSLParameters parameters = upgraded.getSSLParameters();
      parameters.setProtocols(TLS.excludeWeak(parameters.getProtocols()));
      parameters.setCipherSuites(TlsCiphers.excludeWeak(parameters.getCipherSuites()));
      if (host.contains("_")) {
        parameters.setServerNames(List.of(new AnyHostName(host)));
      }
      upgraded.setSSLParameters(parameters);
      upgraded.startHandshake();
      verifier.verify(host, (X509Certificate) upgraded.getSession().getPeerCertificates()[0]);
      return upgraded;
    } catch (IOException | RuntimeException e) {
      upgraded.close();
      throw e;
    }
  }
}
