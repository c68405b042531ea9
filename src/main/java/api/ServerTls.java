package api;

import config.ApiSettings;
import config.UsageException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.CertificateAuthorities;
import platform.CertificateAuthorities.UnusableException;

/**
 * The certificate and key for the API's HTTPS. Changed files are loaded while it runs; if they are
 * bad, the old ones stay in use.
 */
public final class ServerTls {
  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
  private static final String CERTIFICATE = "api.tls.certificate";
  private static final String KEY = "api.tls.key";

  private final Path certificateFile;
  private final Path keyFile;
  private final Vertx vertx;
  private String seen;
  private final ServerKeys current;
  private String told = "";

  /**
   * Reads and checks the files.
   *
   * @throws UsageException if there is no key, or they cannot be used together
   */
  public ServerTls(ApiSettings.Tls files, Vertx vertx) {
    if (files.key() == null) {
      throw new UsageException(
          KEY
              + " is not set, although api.tls.certificate is; expected a PEM file with its private key");
    }
    this.certificateFile = files.certificate();
    this.keyFile = files.key();
    this.vertx = vertx;
    String certificate = text(CERTIFICATE, certificateFile);
    String key = text(KEY, keyFile);
    this.seen = certificate + key;
    this.current = new ServerKeys(checked(certificate, key));
  }

  /** Options for a server, which then always presents the current certificate. */
  KeyCertOptions options() {
    return KeyCertOptions.wrap(current);
  }

  /** Checks for changed files, and uses them if they are good. */
  public synchronized void look() {
    try {
      String certificate = text(CERTIFICATE, certificateFile);
      String key = text(KEY, keyFile);
      if (seen.equals(certificate + key)) {
        told = "";
        return;
      }
      current.use(checked(certificate, key));
      seen = certificate + key;
      told = "";
      LOG.info("the changed certificate of the API is in use");
    } catch (UsageException bad) {
      String words = String.valueOf(bad.getMessage());
      if (!words.equals(told)) { // once, not at every look
        LOG.warn("{}; the certificate before it stays in use", words);
      }
      told = words;
    }
  }

  private static String text(String name, Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw wrong(
          name,
          file,
          "cannot be read (%s); expected a readable PEM file"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private X509KeyManager checked(String certificate, String key) {
    PublicKey published = published(certificate);
    if (!key.contains("PRIVATE KEY-----")) {
      throw wrong(
          KEY,
          keyFile,
          "holds no private key; expected a PEM file with -----BEGIN PRIVATE KEY-----");
    }
    if (key.contains("ENCRYPTED")) {
      throw wrong(KEY, keyFile, "is encrypted; expected a key without a password");
    }
    X509KeyManager keys = keys(certificate, key);
    String[] names = keys.getServerAliases(published.getAlgorithm(), null);
    if (names == null || !belongTogether(published, keys.getPrivateKey(names[0]))) {
      throw otherKey();
    }
    return keys;
  }

  private PublicKey published(String certificate) {
    try {
      return CertificateAuthorities.parse(certificate).certificates().get(0).getPublicKey();
    } catch (UnusableException e) {
      throw wrong(CERTIFICATE, certificateFile, String.valueOf(e.getMessage()));
    }
  }

  private X509KeyManager keys(String certificate, String key) {
    try {
      return (X509KeyManager)
          new PemKeyCertOptions()
              .setCertValue(bytes(certificate))
              .setKeyValue(bytes(key))
              .getKeyManagerFactory(vertx)
              .getKeyManagers()[0];
    } catch (Exception e) { // the library throws many types
      throw String.valueOf(e.getMessage()).contains("does not match")
          ? otherKey() // RSA and EC
          : wrong(
              KEY, keyFile, "holds a private key that cannot be read; expected one of RSA or EC");
    }
  }

  private UsageException otherKey() {
    return wrong(
        KEY,
        keyFile,
        "is not the key of the first certificate in api.tls.certificate; expected that key");
  }

  private static boolean belongTogether(PublicKey published, PrivateKey key) {
    byte[] proof = {1, 2, 3};
    try {
      Signature signature =
          Signature.getInstance(
              published.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(proof);
      byte[] signed = signature.sign();
      signature.initVerify(published);
      signature.update(proof);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Buffer bytes(String pem) {
    return Buffer.buffer(pem.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static UsageException wrong(String key, Path file, String words) {
    return new UsageException("%s: \"%s\" %s".formatted(key, file, words));
  }
}
