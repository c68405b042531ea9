package pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import model.Ticker;
import model.web.WebAddress;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import portal.PortalException;
import portal.Row;

/** The steps of a round: selecting its documents, and acting on its result. */
public final class RoundSteps {
  /** Exchange property with the {@link Verdict} on the round. */
  public static final String VERDICT = "verdict";

  /** A store that has not accepted anything yet and refuses this many documents accepts nothing. */
  private static final int MOST_REFUSALS = 5;

  private final IntSupplier size;
  private final Ticker ticker;
  private final HostProbe hosts;
  private final BooleanSupplier storeTakes;

  /**
   * @param size maximum number of documents in a round
   * @param storeTakes whether the store takes an object that it has already; throws if it does not,
   *     and false if there is none to try it with
   */
  public RoundSteps(IntSupplier size, Ticker ticker, HostProbe hosts, BooleanSupplier storeTakes) {
    this.size = size;
    this.ticker = ticker;
    this.hosts = hosts;
    this.storeTakes = storeTakes;
  }

  /**
   * Selects documents that are due. Waits until one is, on the page's own thread, without blocking
   * a worker.
   *
   * @throws java.util.concurrent.CancellationException if the script stops
   * @throws portal.PortalException if all that is left lies on hosts that do not answer
   */
  public Round next(@Body Page page) {
    OpenDocuments documents = page.documents();
    page.stop().throwIfStopped();
    List<Row> due = documents.due(ticker.nanos(), size.getAsInt());
    while (due.isEmpty()) {
      documents.requireHosts(page.number());
      page.stop().await(documents.untilDue(ticker.nanos()));
      due = documents.due(ticker.nanos(), size.getAsInt());
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

  /**
   * Finds out which of the silent hosts do not respond at all, before silence counts against their
   * documents. The documents of the other hosts go on.
   */
  public void requireHosts(
      @Body Page page,
      @ExchangeProperty(CollectOutcomes.OUTCOMES) List<Outcome> outcomes,
      @ExchangeProperty(VERDICT) Verdict.HostsSilent verdict,
      Exchange exchange) {
    Set<WebAddress> away = new HashSet<>();
    for (WebAddress host : verdict.hosts()) {
      Optional<PortalException> silence = hosts.silence(host, page.script());
      if (silence.isPresent()) {
        away.add(host);
        page.documents().away().add(host, silence.get());
      }
    }
    Verdict.HostsSilent judged = new Verdict.HostsSilent(away);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Failed failed && judged.blames(failed)) {
        page.documents().away().holdBack(failed.task().row());
      }
    }
    exchange.setProperty(VERDICT, judged);
  }

  /**
   * Finds out whether the store accepts anything at all, before a refusal counts against a
   * document. An empty bucket offers nothing to test with; then the page's other documents go
   * first.
   */
  public void requireStore(
      @Body Page page,
      @ExchangeProperty(CollectOutcomes.OUTCOMES) List<Outcome> outcomes,
      @ExchangeProperty(VERDICT) Verdict.StoreRefuses verdict,
      Exchange exchange)
      throws Exception {
    if (storeTakes.getAsBoolean()) {
      return;
    }
    OpenDocuments documents = page.documents();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Failed failed && failed.failure().isStore()) {
        documents.refused(outcome.task().row());
      }
    }
    if (documents.refusals() >= MOST_REFUSALS || documents.refusals() >= documents.reachable()) {
      throw verdict.cause();
    }
    exchange.setProperty(VERDICT, new Verdict.StoreUndecided());
  }

  /** Leaves the page. */
  public void abort(@ExchangeProperty(VERDICT) Verdict.Abort verdict) throws Exception {
    throw verdict.cause();
  }
}
