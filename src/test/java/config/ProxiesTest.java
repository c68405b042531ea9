package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.PortalTypes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import model.web.WebAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy of a request: {@code portal.proxy}, else the variables that curl reads. */
class ProxiesTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private String proxyOf(String address) {
    return load()
        .portal()
        .proxies()
        .of(WebAddress.read(address).orElseThrow())
        .map(Proxy::toString)
        .orElse("");
  }

  private Configuration load() {
    return ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all()).load();
  }

  @ParameterizedTest
  @CsvSource({
    "http_proxy,  http://p:3128,        http,  http://p:3128",
    "http_proxy,  http://p:3128,        https, ''",
    "HTTP_PROXY,  http://p:3128,        http,  ''",
    "https_proxy, http://p:3128,        https, http://p:3128",
    "HTTPS_PROXY, http://p:3128/,       https, http://p:3128",
    "HTTPS_PROXY, http://p:3128,        http,  ''",
    "http_proxy,  p:3128,               http,  http://p:3128",
    "http_proxy,  p,                    http,  http://p:1080",
    "http_proxy,  https://p,            http,  https://p:443",
    "http_proxy,  u:s3cret@my_proxy:81, http,  http://my_proxy:81",
    "http_proxy,  http://[::1]:8080,    http,  http://[::1]:8080"
  })
  void theVariablesAreReadAsCurlReadsThem(String name, String value, String scheme, String proxy) {
    environment.put(name, value);
    assertThat(proxyOf(scheme + "://portal.example/")).isEqualTo(proxy);
  }

  @Test
  void theLowerCaseNameTakesPrecedence() {
    environment.putAll(Map.of("https_proxy", "low:1", "HTTPS_PROXY", "up:1"));
    environment.putAll(Map.of("no_proxy", "a.example", "NO_PROXY", "b.example"));
    assertThat(proxyOf("https://b.example/")).isEqualTo("http://low:1");
    assertThat(proxyOf("https://a.example/")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                      | portal.example     | true",
        "portal.example         | portal.example     | true",
        "example                | portal.example     | true",
        ".example               | portal.example     | true",
        "other.org, PORTAL.example | portal.example  | true",
        "other.org portal.example  | portal.example  | true",
        "tal.example            | portal.example     | false",
        "portal.example:80      | portal.example     | false",
        "*.example              | portal.example     | false",
        "localhost              | 127.0.0.1          | false",
        "127.0.0.1              | 127.0.0.1          | true",
        "127.0.0.0/8            | 127.9.0.1          | true",
        "10.0.0.0/8             | 127.0.0.1          | false",
        "192.168.4.0/22         | 192.168.7.1        | true",
        "192.168.4.0/22         | 192.168.8.1        | false",
        "::1                    | [::1]              | true",
        "[::1]                  | [::1]              | true",
        "fd00::/8               | [fd12::7]          | true",
        "10.0.0.0/99            | 10.0.0.1           | false"
      })
  void noProxyIsReadAsCurlReadsIt(String hosts, String host, boolean direct) {
    environment.putAll(Map.of("http_proxy", "p:1", "NO_PROXY", hosts));
    assertThat(proxyOf("http://" + host + "/").isEmpty()).isEqualTo(direct);
  }

  @Test
  void theKeyTakesPrecedenceOverTheVariables() {
    environment.putAll(Map.of("PORTAL_PROXY", "own:1", "https_proxy", "other:1", "NO_PROXY", "*"));
    assertThat(proxyOf("https://portal.example/")).isEqualTo("http://own:1");
    assertThat(proxyOf("http://portal.example/")).isEqualTo("http://own:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://u:s3cret@p:1", "http://u:s3cret@p:99999", "http://u:s3cret@"})
  void anInvalidProxyIsReportedWithoutItsPassword(String value) {
    environment.put("PORTAL_PROXY", value);
    assertThatThrownBy(this::load)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "portal.proxy (from PORTAL_PROXY) is not the address of an HTTP proxy")
        .hasMessageNotContaining("s3cret");
    environment.clear();
    environment.put("HTTPS_PROXY", value);
    assertThatThrownBy(this::load)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("HTTPS_PROXY is not the address of an HTTP proxy")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void thePasswordIsNeverShown() {
    environment.put("PORTAL_PROXY", "http://us%40er:s3cret%21@p:1");
    Proxy proxy = load().portal().proxies().forHttp().orElseThrow();
    assertThat(proxy.user()).contains("us@er");
    assertThat(proxy.password()).isEqualTo("s3cret!");
    assertThat(load().toString()).doesNotContain("s3cret", "us@er");
    assertThat(PublicConfiguration.of(load()).toString()).doesNotContain("s3cret");
  }
}
