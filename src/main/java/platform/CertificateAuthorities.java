package platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificate authorities that are trusted in addition to those of the JDK. An intermediate
 * authority among them completes the chain of a server that does not send it.
 */
public final class CertificateAuthorities {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private final List<Certificate> further;

  private CertificateAuthorities(List<Certificate> further) {
    this.further = List.copyOf(further);
  }

  /** A file of certificates that cannot be used. The message says why: {@code holds no …}. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads the certificates of a PEM file. Anything else in it, such as comments, is ignored.
   *
   * @throws UnusableException if it cannot be read, holds none, or one that is broken
   */
  public static CertificateAuthorities read(Path file) throws UnusableException {
    return parse(text(file));
  }

  /**
   * Reads the certificates of a PEM text.
   *
   * @throws UnusableException if it holds none, or one that is broken
   */
  public static CertificateAuthorities parse(String pem) throws UnusableException {
    String[] parts = pem.split(BEGIN, -1);
    if (parts.length == 1) {
      throw new UnusableException(
          "holds no certificate; expected a PEM file with " + BEGIN + " in it", null);
    }
    List<Certificate> certificates = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      try {
        certificates.add(certificate(parts[i]));
      } catch (CertificateException | IllegalArgumentException e) {
        throw new UnusableException(
            "holds a certificate that cannot be read, number " + i + " in it", e);
      }
    }
    return new CertificateAuthorities(certificates);
  }

  private static String text(Path file) throws UnusableException {
    if (!Files.isRegularFile(file)) {
      throw new UnusableException("is not a file that exists", null);
    }
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1); // comments may be in any charset
    } catch (IOException e) {
      throw new UnusableException(
          "cannot be read (" + e.getClass().getSimpleName() + "); expected a readable file", e);
    }
  }

  private static Certificate certificate(String afterBegin) throws CertificateException {
    int end = afterBegin.indexOf(END);
    if (end < 0) {
      throw new CertificateException("it does not end");
    }
    byte[] der = Base64.getMimeDecoder().decode(afterBegin.substring(0, end));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  /** The certificates, in their order. */
  public List<Certificate> certificates() {
    return further;
  }

  /** Trusts these authorities and those of the JDK. */
  public TrustManager[] trustManagers() {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      for (TrustManager own : trustManagers(null)) {
        add(all, "jdk-", Arrays.asList(((X509TrustManager) own).getAcceptedIssuers()));
      }
      add(all, "further-", further);
      return trustManagers(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK's certificate authorities cannot be read", e);
    }
  }

  private static void add(KeyStore store, String prefix, List<? extends Certificate> certificates)
      throws GeneralSecurityException {
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry(prefix + i, certificates.get(i));
    }
  }

  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** For TLS connections that trust these authorities and those of the JDK. */
  public SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is not available", e);
    }
  }
}
