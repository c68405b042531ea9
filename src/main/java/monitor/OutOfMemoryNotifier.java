package monitor;

import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import platform.OutOfMemory;

/** Ends the process when Camel has caught an {@link OutOfMemoryError} for an exchange. */
public final class OutOfMemoryNotifier extends EventNotifierSupport {
  public OutOfMemoryNotifier() {
    // what is left are the failures, those that a route catches included
    setIgnoreCamelContextEvents(true);
    setIgnoreRouteEvents(true);
    setIgnoreServiceEvents(true);
    setIgnoreStepEvents(true);
    setIgnoreExchangeCreatedEvent(true);
    setIgnoreExchangeCompletedEvent(true);
    setIgnoreExchangeRedeliveryEvents(true);
    setIgnoreExchangeSendingEvents(true);
    setIgnoreExchangeSentEvents(true);
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof CamelEvent.FailureEvent failed) {
      OutOfMemory.endIfCauseOf(failed.getCause());
    }
  }
}
