package portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
  private final AllowedHosts hosts =
      new AllowedHosts(List.of("any.test", "one.test:8080", "tls.test:443", "[::1]", "[::2]:81"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://any.test/a",
        "http://ANY.Test:99/a",
        "http://one.test:8080/a",
        "https://tls.test/a",
        "http://[::1]/a",
        "http://[::1]:99/a",
        "http://[::2]:81/a",
      })
  void aHostIsAllowedWithItsPortOrWithAny(String address) {
    assertThat(hosts.allows(URI.create(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://other.test/a",
        "http://sub.any.test/a",
        "http://any.test.evil.test/a",
        "http://one.test/a",
        "http://one.test:8081/a",
        "http://tls.test/a",
        "http://[::2]/a",
      })
  void anythingElseIsForeign(String address) {
    assertThat(hosts.allows(URI.create(address))).isFalse();
  }
}
