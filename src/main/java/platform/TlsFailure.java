package platform;

import java.io.EOFException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says in plain words why a TLS connection to a server failed. */
public final class TlsFailure {
  private static final int MOST_CAUSES = 20;

  private TlsFailure() {}

  /**
   * The words for a failure that TLS caused; empty if something else did.
   *
   * @param server the server with that certificate: {@code host:443}
   * @param caFile the key that names further authorities
   */
  public static Optional<String> words(Throwable failure, String server, String caFile) {
    return cause(failure, SSLException.class)
        .map(tls -> "the TLS connection to " + server + " failed: " + words(tls, caFile));
  }

  private static String words(SSLException tls, String caFile) {
    String raw = String.valueOf(tls.getMessage());
    if (cause(tls, CertificateExpiredException.class).isPresent()) {
      return "its certificate, or one in its chain, has expired (" + date(tls) + ")";
    }
    if (cause(tls, CertificateNotYetValidException.class).isPresent()) {
      return "its certificate is not valid yet (%s); is this machine's clock right?"
          .formatted(date(tls));
    }
    if (cause(tls, CertPathBuilderException.class).isPresent()) {
      return "its certificate comes from an authority that is not trusted here, or the server does"
          + " not send its intermediate certificate; "
          + caFile
          + " names a PEM file with the missing certificates";
    }
    Optional<CertPathValidatorException> invalid = cause(tls, CertPathValidatorException.class);
    if (invalid.isPresent()) {
      return "its certificate is not accepted: " + invalid.get().getMessage();
    }
    if (tls instanceof SSLPeerUnverifiedException) {
      return "its certificate is for another host: " + raw;
    }
    if (cause(tls, EOFException.class).isPresent()) {
      return "the server closed it during the handshake";
    }
    if (raw.contains("Unsupported or unrecognized SSL message")) {
      return "what answers there does not speak TLS; is it http instead of https?";
    }
    if (raw.contains("handshake_failure") || raw.contains("protocol_version")) {
      return "the server accepts no TLS version or cipher that is allowed here: " + raw;
    }
    return raw;
  }

  /** The JDK's words: {@code NotAfter: Tue Jan …}. */
  private static String date(SSLException tls) {
    return Stream.of(
            cause(tls, CertificateExpiredException.class),
            cause(tls, CertificateNotYetValidException.class))
        .flatMap(Optional::stream)
        .map(dated -> String.valueOf(dated.getMessage()))
        .findFirst()
        .orElse("");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
