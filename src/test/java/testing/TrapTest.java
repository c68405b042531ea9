package testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TrapTest {
  @Test
  void aTrapCountsAConnectionOverWhichNothingIsSaid() throws Exception {
    try (Trap trap = new Trap()) {
      assertThat(trap.connections()).isZero();
      URI address = URI.create(trap.url());
      new Socket(address.getHost(), address.getPort()).close();
      Awaitility.await().untilAsserted(() -> assertThat(trap.connections()).isEqualTo(1));
    }
  }
}
