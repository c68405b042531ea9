package platform;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import platform.CertificateAuthorities.UnusableException;

/**
 * Trusts a server that presents a certificate from a file, under any host name, and servers whose
 * certificate was issued by an authority in the file or of the JDK. The file is read for each
 * connection, because certificates are renewed; while it is broken, its last good content applies.
 */
public final class CertificateFileTrust extends X509ExtendedTrustManager {
  private final Path file;
  private volatile @Nullable CertificateAuthorities last;

  private CertificateFileTrust(Path file) {
    this.file = file;
  }

  /** A TLS context that trusts the servers of this PEM file. */
  public static SSLContext tls(Path file) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new CertificateFileTrust(file)}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is not available", e);
    }
  }

  private CertificateAuthorities known() throws CertificateException {
    try {
      CertificateAuthorities now = CertificateAuthorities.read(file);
      last = now;
      return now;
    } catch (UnusableException e) {
      CertificateAuthorities before = last;
      if (before == null) {
        throw new CertificateException(file + " " + e.getMessage(), e);
      }
      return before;
    }
  }

  private static X509ExtendedTrustManager judge(CertificateAuthorities known) {
    return (X509ExtendedTrustManager) known.trustManagers()[0];
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    CertificateAuthorities known = known();
    if (!known.certificates().contains(chain[0])) {
      judge(known).checkServerTrusted(chain, type, engine);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    CertificateAuthorities known = known();
    if (!known.certificates().contains(chain[0])) {
      judge(known).checkServerTrusted(chain, type, socket);
    }
  }

  /** Without a connection there is no name to compare. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("the connection is not known");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no client is trusted for its certificate");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("no client is trusted for its certificate");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no client is trusted for its certificate");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
