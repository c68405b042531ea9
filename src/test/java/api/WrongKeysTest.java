package api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import testing.VirtualTicker;

class WrongKeysTest {
  private final VirtualTicker ticker = new VirtualTicker();
  private final WrongKeys wrong = new WrongKeys("a wrong key", ticker);

  @Test
  void atMostTwentyAreAnsweredPerSecondWhateverTheAddress() {
    List<Long> turns = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      turns.add(wrong.add("10.0.0." + i).orElseThrow());
    }
    assertThat(turns.get(0)).isZero();
    for (int i = 20; i < turns.size(); i++) {
      assertThat(turns.get(i) - turns.get(i - 20)).isGreaterThan(1000);
    }
  }

  @Test
  void aWrongKeyAfterAWhileIsAnsweredAtOnce() {
    wrong.add("a");
    ticker.pass(Duration.ofSeconds(1));
    assertThat(wrong.add("a")).hasValue(0);
  }

  @Test
  void callersThatWouldWaitTooLongGetNoResponse() {
    long last = 0;
    for (int i = 0; i < 2000; i++) {
      last = wrong.add("a").orElse(-1);
    }
    assertThat(last).isEqualTo(-1);
  }

  @Test
  void theSummaryNamesThoseWhoTriedMostAndStartsOver() {
    for (String caller : List.of("a", "b", "b", "c", "d", "c", "b")) {
      wrong.add(caller);
    }
    assertThat(wrong.summary())
        .isEqualTo("7 calls were refused for a wrong key (b: 3, c: 2, a: 1 and others)");
    wrong.add("a");
    assertThat(wrong.isFirst()).isTrue();
    assertThat(wrong.summary()).isEqualTo("1 call was refused for a wrong key (a: 1)");
  }
}
