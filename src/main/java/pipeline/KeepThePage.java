package pipeline;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * What comes out of the split is the page that went in: each document has told the page how it
 * went.
 */
public final class KeepThePage implements AggregationStrategy {
  @Override
  public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
    return oldExchange;
  }

  @Override
  public Exchange aggregate(Exchange oldExchange, Exchange newExchange, Exchange inputExchange) {
    return inputExchange;
  }
}
