package testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority, an intermediate one below it, and servers' certificates from that. */
public final class Certificates {
  private static final char[] PASSWORD = "password".toCharArray();

  private final Path store;

  /**
   * Creates both authorities.
   *
   * @param folder for the files
   */
  public Certificates(Path folder) throws Exception {
    this.store = folder.resolve("certificates.p12");
    make("root", "-dname", "CN=Root", "-ext", "bc:c", "-validity", "3650");
    make("between", "-dname", "CN=Between", "-ext", "bc:c", "-signer", "root");
  }

  /** Adds a server. Further arguments are keytool's, such as {@code -ext san=ip:127.0.0.1}. */
  public Certificates server(String alias, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-dname", "CN=" + alias, "-signer", "between"));
    all.addAll(List.of(arguments));
    make(alias, all.toArray(String[]::new));
    return this;
  }

  private void make(String alias, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // half the CPU time
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(arguments));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  /** TLS of a server that sends the first {@code sent} certificates of its chain. */
  public SSLContext tls(String alias, int sent) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(alias, load().getKey(alias, PASSWORD), PASSWORD, chain(alias, sent));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private Certificate[] chain(String alias, int sent) throws GeneralSecurityException, IOException {
    return Arrays.copyOf(load().getCertificateChain(alias), sent);
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD);
    }
    return loaded;
  }

  /** A certificate as PEM. */
  public String pem(String alias) throws Exception {
    return pem("CERTIFICATE", load().getCertificate(alias).getEncoded());
  }

  /** A private key as PEM. */
  public String key(String alias) throws Exception {
    return pem("PRIVATE KEY", load().getKey(alias, PASSWORD).getEncoded());
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der));
  }
}
