package api;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A server's keys, which may change while it runs. A handshake asks for an alias, and then for its
 * key and its certificate: each alias belongs to one generation, so that a handshake during a
 * change does not get the two from different files.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  private record Generation(int number, X509KeyManager keys, @Nullable X509KeyManager before) {
    String alias(String name) {
      return number + ":" + name;
    }

    X509KeyManager of(String alias) {
      return before != null && alias.startsWith(number - 1 + ":") ? before : keys;
    }
  }

  private volatile Generation now;

  ServerKeys(X509KeyManager first) {
    now = new Generation(0, first, null);
  }

  /** Uses these keys from the next handshake on. */
  synchronized void use(X509KeyManager next) {
    now = new Generation(now.number() + 1, next, now.keys());
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String type, Principal @Nullable [] issuers, SSLEngine engine) {
    return chooseServerAlias(type, issuers, null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    Generation chosen = now;
    String name = chosen.keys().chooseServerAlias(type, issuers, socket);
    return name == null ? null : chosen.alias(name);
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    Generation chosen = now;
    String[] names = chosen.keys().getServerAliases(type, issuers);
    if (names == null) {
      return null;
    }
    for (int i = 0; i < names.length; i++) {
      names[i] = chosen.alias(names[i]);
    }
    return names;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return now.of(alias).getCertificateChain(name(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return now.of(alias).getPrivateKey(name(alias));
  }

  private static String name(String alias) {
    return alias.substring(alias.indexOf(':') + 1);
  }

  @Override
  public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
