package model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RandomGenerator chance = new Random();
  private final RetryPolicy policy = new RetryPolicy(5, Duration.ofSeconds(1));

  @RepeatedTest(50)
  void theWaitDoublesWithJitterUpToAMinute() {
    for (int attempts = 1; attempts <= 40; attempts++) {
      Duration whole = Duration.ofSeconds(Math.min(60, 1L << Math.min(attempts - 1, 10)));

      assertThat(policy.waitAfter(attempts, chance)).isBetween(whole.dividedBy(2), whole);
    }
  }

  @Test
  void noWaitStaysNoWait() {
    assertThat(new RetryPolicy(5, Duration.ZERO).waitAfter(4, chance)).isZero();
  }

  @Test
  void triesAreUsedUpAfterTheLast() {
    assertThat(policy.exhausted(4)).isFalse();
    assertThat(policy.exhausted(5)).isTrue();
    assertThat(policy.exhausted(6)).isTrue();
  }
}
