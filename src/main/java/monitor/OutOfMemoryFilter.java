package monitor;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import platform.OutOfMemory;

/** Ends the process when a library has caught an {@link OutOfMemoryError} and merely logs it. */
public final class OutOfMemoryFilter extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (event.getThrowableProxy() instanceof ThrowableProxy logged) {
      OutOfMemory.endIfCauseOf(logged.getThrowable());
    }
    return FilterReply.NEUTRAL;
  }
}
