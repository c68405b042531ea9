package app;

import static org.assertj.core.api.Assertions.assertThat;

import config.ConfigurationLoader;
import config.PortalSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Ports;

/** What a start reports about the portal. */
class PortalProbeTest {
  @TempDir private Path folder;

  private PortalSettings settings(String proxy) {
    return ConfigurationLoader.in(folder, Map.of("PORTAL_PROXY", proxy), PortalTypes.KNOWN.all())
        .load()
        .portal();
  }

  @Test
  void aPortalThatAcceptsNoConnectionIsNamedWithoutThePath() throws IOException {
    String portal = "http://127.0.0.1:" + Ports.free();

    assertThat(PortalProbe.silence(URI.create(portal + "/list?page=1"), settings("")))
        .hasValueSatisfying(
            words ->
                assertThat(words).startsWith(portal + " does not answer (").doesNotContain("list"));
  }

  @Test
  void aProxyThatAcceptsNoConnectionIsNamedInstead() throws IOException {
    String proxy = "http://127.0.0.1:" + Ports.free();

    assertThat(PortalProbe.silence(URI.create("http://portal.test/list"), settings(proxy)))
        .hasValueSatisfying(
            words -> assertThat(words).startsWith("the proxy " + proxy + " does not answer ("));
  }

  @Test
  void aHostWithAnUnderscoreIsLookedUpLikeAnyOther() {
    assertThat(PortalProbe.silence(URI.create("http://court_portal.invalid/list"), settings("")))
        .contains("http://court_portal.invalid does not answer (the host is unknown)");
  }

  @Test
  void aPortalThatAcceptsConnectionsIsNotReported() throws IOException {
    try (ServerSocket portal = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + portal.getLocalPort() + "/list");
      assertThat(PortalProbe.silence(address, settings(""))).isEmpty();
    }
  }
}
