package api;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.OptionalLong;
import model.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers wrong keys slowly, on the event loop, where delayed responses block nobody. */
final class SlowRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(SlowRefusals.class);
  private static final long SUM_UP_EVERY = Duration.ofSeconds(5).toMillis();

  private final WrongKeys wrong;

  /**
   * @param what was wrong, for the log: {@code a wrong key}
   */
  SlowRefusals(String what, Ticker ticker) {
    this.wrong = new WrongKeys(what, ticker);
  }

  /** Answers when it is time; when too many wait, the connection is closed instead. */
  void refuse(RoutingContext call, Handler<RoutingContext> answer) {
    OptionalLong wait = wrong.add(call.request().remoteAddress().hostAddress());
    if (wrong.isFirst()) {
      call.vertx().setTimer(SUM_UP_EVERY, timer -> LOG.warn("{}", wrong.summary()));
    }
    if (wait.isEmpty()) {
      call.request().connection().close();
    } else if (wait.getAsLong() == 0) {
      answer.handle(call);
    } else {
      call.vertx().setTimer(wait.getAsLong(), timer -> answer.handle(call));
    }
  }
}
