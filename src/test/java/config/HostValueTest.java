package config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostValueTest {
  @ParameterizedTest
  @CsvSource({
    "Host.Example,host.example,",
    "host.example.:80,host.example,80",
    "[::1],0:0:0:0:0:0:0:1,",
    "[0::1]:5000,0:0:0:0:0:0:0:1,5000",
    "10.0.0.1:1,10.0.0.1,1"
  })
  void oneHostHasOneSpelling(String text, String name, Integer port) {
    assertThat(HostValue.parse(text)).contains(new HostValue(name, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a@b", "a/b", "a:b", "[a]", "[::1", "a,b", "http://a", ":80"})
  void anInvalidHostIsRefused(String text) {
    assertThat(HostValue.parse(text)).isEmpty();
  }
}
