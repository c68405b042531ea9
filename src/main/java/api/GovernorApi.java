package api;

import api.dto.GovernorAnswer;
import api.dto.GovernorData;
import api.dto.GovernorRequest;
import config.RateLimits;
import java.math.BigDecimal;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import model.Concurrency;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls that read and change the limits of requests to the portal. */
public final class GovernorApi {
  private static final Logger LOG = LoggerFactory.getLogger(GovernorApi.class);
  private static final BigDecimal LEAST_RATE = new BigDecimal("0.001");
  private static final BigDecimal MOST_RATE = BigDecimal.valueOf(1_000_000);

  private final RateLimits limits;
  private final Concurrency concurrency;
  private final Supplier<GovernorData> state;
  private final DoubleConsumer rate;

  /**
   * @param limits those of the configuration
   * @param concurrency is changed
   * @param state the limits now
   * @param rate sets another rate, in requests per second; 0 for no limit
   */
  public GovernorApi(
      RateLimits limits,
      Concurrency concurrency,
      Supplier<GovernorData> state,
      DoubleConsumer rate) {
    this.limits = limits;
    this.concurrency = concurrency;
    this.state = state;
    this.rate = rate;
  }

  /** {@code GET /api/governor}. */
  public GovernorAnswer state() {
    return new GovernorAnswer(state.get());
  }

  /** {@code PUT /api/governor}. */
  public GovernorAnswer change(Exchange exchange) {
    return change(ApiCall.of(exchange).body(GovernorRequest.class));
  }

  /** One call after another, so that rate and concurrency always come from the same call. */
  synchronized GovernorAnswer change(GovernorRequest asked) {
    if (asked.rate() == null && asked.concurrency() == null) {
      throw new ApiException(400, "at least one of rate and concurrency is needed");
    }
    check(asked.rate());
    check(asked.concurrency());
    if (asked.rate() != null) {
      rate.accept(asked.rate().doubleValue());
      LOG.info("portal.rate is {} until the next start, set through the API", asked.rate());
    }
    if (asked.concurrency() != null) {
      concurrency.set(asked.concurrency());
      LOG.info(
          "portal.concurrency is {} until the next start, set through the API",
          asked.concurrency());
    }
    return state();
  }

  private void check(@Nullable BigDecimal asked) {
    if (asked == null) {
      return;
    }
    BigDecimal most = limits.ceiling().isPresent() ? ceiling() : MOST_RATE;
    boolean isNone = asked.signum() == 0;
    if (isNone && limits.ceiling().isPresent()
        || !isNone && (asked.compareTo(LEAST_RATE) < 0 || asked.compareTo(most) > 0)) {
      throw new ApiException(
          400,
          limits.ceiling().isPresent()
              ? "rate must be a number from 0.001 to %s, as portal.max-rate says"
                  .formatted(most.toPlainString())
              : "rate must be 0, for no limit, or a number from 0.001 to 1000000");
    }
  }

  private BigDecimal ceiling() {
    return BigDecimal.valueOf(limits.ceiling().orElseThrow()).stripTrailingZeros();
  }

  private static void check(@Nullable Integer asked) {
    if (asked != null && (asked < 1 || asked > Concurrency.MOST)) {
      throw new ApiException(
          400, "concurrency must be a whole number from 1 to " + Concurrency.MOST);
    }
  }
}
