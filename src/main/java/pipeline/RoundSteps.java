package pipeline;

import java.util.List;
import java.util.function.IntSupplier;
import model.Ticker;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import portal.Row;

/** The steps of a round: selecting its documents, and acting on its result. */
public final class RoundSteps {
  /** Exchange property with the {@link Verdict} on the round. */
  public static final String VERDICT = "verdict";

  private final IntSupplier size;
  private final Ticker ticker;
  private final Runnable storeCheck;

  /**
   * @param size maximum number of documents in a round
   * @param storeCheck throws if the store as a whole is not well
   */
  public RoundSteps(IntSupplier size, Ticker ticker, Runnable storeCheck) {
    this.size = size;
    this.ticker = ticker;
    this.storeCheck = storeCheck;
  }

  /**
   * Selects documents that are due. Waits until one is, on the page's own thread, without blocking
   * a worker.
   *
   * @throws java.util.concurrent.CancellationException if the script stops
   */
  public Round next(@Body Page page) {
    page.stop().throwIfStopped();
    List<Row> due = page.due(ticker.nanos(), size.getAsInt());
    while (due.isEmpty()) {
      page.stop().await(page.untilDue(ticker.nanos()));
      due = page.due(ticker.nanos(), size.getAsInt());
    }
    return new Round(page, due);
  }

  /** Sets the verdict as an exchange property, and the page as the body. */
  public Page judge(
      @Body Round round,
      @ExchangeProperty(CollectOutcomes.OUTCOMES) List<Outcome> outcomes,
      Exchange exchange) {
    exchange.setProperty(VERDICT, RoundJudge.judge(outcomes));
    return round.page();
  }

  /** Checks whether the store refuses everything. */
  public void requireStore() {
    storeCheck.run();
  }

  /** Leaves the page. */
  public void abort(@ExchangeProperty(VERDICT) Verdict.Abort verdict) throws Exception {
    throw verdict.cause();
  }
}
