package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import config.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenPortTest {
  private static final String HERE = "127.0.0.1";

  @Test
  void anAddressOfAnotherMachineIsNotBlamedOnThePort() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> ListenPort.free("api.port", "192.0.2.1", 5000))
        .withMessageStartingWith("api.host: \"192.0.2.1\" is no address of this machine (");
  }

  @Test
  void aPortThatIsTakenIsReportedWithItsKey() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
      int port = taken.getLocalPort();
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> ListenPort.free("management.port", HERE, port))
          .withMessageStartingWith("management.port: cannot listen on " + port + " at " + HERE);
    }
    assertThat(ListenPort.free("api.port", HERE, 0)).isPositive();
  }
}
