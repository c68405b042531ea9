package pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Collects the outcomes of a round's documents, in the order in which they ended. The result of the
 * split is the original round, with the outcomes in an exchange property. Camel calls it for one
 * document at a time.
 */
public final class CollectOutcomes implements AggregationStrategy {
  /** Exchange property with the list of {@link Outcome}s. */
  static final String OUTCOMES = "outcomes";

  @Override
  public Exchange aggregate(@Nullable Exchange collected, Exchange document) {
    throw new IllegalStateException("a document is collected for its round");
  }

  @Override
  public Exchange aggregate(@Nullable Exchange collected, Exchange document, Exchange round) {
    if (collected == null) {
      round.setProperty(OUTCOMES, new ArrayList<Outcome>());
    }
    Outcome outcome = outcome(document);
    outcomes(round).add(outcome);
    if (outcome.cutsRoundShort()) {
      outcome.task().round().cutShort();
    }
    return round;
  }

  @SuppressWarnings("unchecked")
  private static List<Outcome> outcomes(Exchange round) {
    return (List<Outcome>) round.getProperty(OUTCOMES);
  }

  /** A document whose body is unchanged was not started. */
  private static Outcome outcome(Exchange document) {
    Object body = document.getMessage().getBody();
    if (document.getException() != null) { // not the document's own failure: its steps catch those
      return Outcome.broken(task(document, body), document.getException());
    }
    return body instanceof Outcome outcome ? outcome : new Outcome.Skipped((DocumentTask) body);
  }

  private static DocumentTask task(Exchange document, Object body) {
    return body instanceof DocumentTask unbegun
        ? unbegun
        : document.getProperty(DocumentSteps.TASK, DocumentTask.class);
  }
}
