package pipeline;

import java.util.List;
import java.util.function.IntSupplier;
import model.Ticker;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import portal.Row;

/** The steps of one round: what is taken up, and what is to be done about how it ended. */
public final class RoundSteps {
  /** Exchange property with the {@link Verdict} on the round. */
  public static final String VERDICT = "verdict";

  private final IntSupplier size;
  private final Ticker ticker;
  private final Runnable storeCheck;

  /**
   * @param size how many documents are taken up together, at most
   * @param storeCheck throws when the store as a whole is not well
   */
  public RoundSteps(IntSupplier size, Ticker ticker, Runnable storeCheck) {
    this.size = size;
    this.ticker = ticker;
    this.storeCheck = storeCheck;
  }

  /**
   * Takes up documents that are due. Waits until one is, on the page's own thread: no worker is
   * held meanwhile.
   *
   * @throws java.util.concurrent.CancellationException when the script stops
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

  /** Puts the verdict beside the page, which is the body again. */
  public Page judge(
      @Body Round round,
      @ExchangeProperty(CollectOutcomes.OUTCOMES) List<Outcome> outcomes,
      Exchange exchange) {
    exchange.setProperty(VERDICT, RoundJudge.judge(outcomes));
    return round.page();
  }

  /** Finds out whether the store refuses everything. */
  public void requireStore() {
    storeCheck.run();
  }

  /** Leaves the page. */
  public void abort(@ExchangeProperty(VERDICT) Verdict.Abort verdict) throws Exception {
    throw verdict.cause();
  }
}
