package api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;

class ServerKeysTest {
  /** Knows one key under the name that all have. */
  private static final class OneKey extends X509ExtendedKeyManager {
    private final PrivateKey key;

    OneKey() throws Exception {
      key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return type.equals("EC") ? "api" : null;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {"api"};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return alias.equals("api") ? key : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[0];
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "";
    }
  }

  @Test
  void aHandshakeDuringAChangeGetsKeyAndCertificateOfTheSameGeneration() throws Exception {
    OneKey first = new OneKey();
    OneKey second = new OneKey();
    ServerKeys keys = new ServerKeys(first);
    Principal[] any = new Principal[0];
    String begun = keys.chooseServerAlias("EC", any, new Socket());
    keys.use(second);

    assertThat(keys.getPrivateKey(begun)).isSameAs(first.key);
    String next = keys.chooseServerAlias("EC", any, new Socket());
    assertThat(keys.getPrivateKey(next)).isSameAs(second.key);
    assertThat(keys.getServerAliases("EC", any)).containsExactly(next);
    assertThat(keys.getPrivateKey(keys.getServerAliases("EC", any)[0])).isSameAs(second.key);
    assertThat(keys.chooseServerAlias("RSA", any, new Socket())).isNull();
  }
}
