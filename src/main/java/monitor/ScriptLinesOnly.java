package monitor;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import model.LogContext;

/** Keeps events that belong to no script out of the script logs. */
public final class ScriptLinesOnly extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    return LogContext.isOfAScript(event.getMDCPropertyMap())
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }
}
