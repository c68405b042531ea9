package api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import api.dto.GovernorData;
import api.dto.GovernorRequest;
import config.RateLimits;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import model.Concurrency;
import org.junit.jupiter.api.Test;

class GovernorApiTest {
  private final Concurrency concurrency = new Concurrency(4);
  private volatile double rate = 9;
  private volatile Runnable onRate = () -> {};
  private final GovernorApi governor =
      new GovernorApi(
          RateLimits.fixed(0),
          concurrency,
          () -> new GovernorData(rate, concurrency.now(), null, null),
          wanted -> {
            rate = wanted;
            onRate.run();
          });

  private GovernorData put(int rate, int concurrency) {
    return governor.change(new GovernorRequest(BigDecimal.valueOf(rate), concurrency)).governor();
  }

  @Test
  void twoCallsAtOnceNeverLeaveTheRateOfOneWithTheConcurrencyOfTheOther() throws Exception {
    CompletableFuture<GovernorData> second = new CompletableFuture<>();
    Thread other = new Thread(() -> second.complete(put(2, 2)));
    onRate =
        () -> {
          onRate = () -> {};
          other.start(); // in the middle of the first call
          await().until(() -> second.isDone() || other.getState() == Thread.State.BLOCKED);
        };

    assertThat(put(1, 1)).isEqualTo(new GovernorData(1.0, 1, null, null));
    assertThat(second.get()).isEqualTo(new GovernorData(2.0, 2, null, null));
    assertThat(rate).isEqualTo(2);
    assertThat(concurrency.now()).isEqualTo(2);
  }
}
