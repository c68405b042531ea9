package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final List<String> closed = new ArrayList<>();

  private Closeable part(String name) {
    return () -> closed.add(name);
  }

  @Test
  void partsAreClosedInTheirOrder() throws IOException {
    Closing.all(List.of(part("alerts"), part("routes"), part("ledger")));

    assertThat(closed).containsExactly("alerts", "routes", "ledger");
  }

  @Test
  void aProcessWhoseShutdownFailsDoesNotEndAsIfAllWereWell() {
    assertThat(Closing.exitCode(part("instance"))).isZero();
    assertThat(
            Closing.exitCode(
                () -> {
                  throw new IOException("disk");
                }))
        .isEqualTo(1);
    assertThat(
            Closing.exitCode(
                () -> {
                  throw new IllegalStateException("no route");
                }))
        .isEqualTo(1);
  }

  @Test
  void aPartThatFailsToCloseKeepsNoOtherOpen() {
    IOException first = new IOException("disk");
    IllegalStateException second = new IllegalStateException("no route");

    assertThatThrownBy(
            () ->
                Closing.all(
                    List.of(
                        part("alerts"),
                        () -> {
                          throw first;
                        },
                        part("routes"),
                        () -> {
                          throw second;
                        },
                        part("ledger"))))
        .isSameAs(first)
        .hasSuppressedException(second);

    assertThat(closed).containsExactly("alerts", "routes", "ledger");
  }
}
