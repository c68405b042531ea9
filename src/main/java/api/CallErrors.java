package api;

import api.dto.ErrorAnswer;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers calls that have failed, in the one format for all errors. */
public final class CallErrors {
  private static final Logger LOG = LoggerFactory.getLogger(CallErrors.class);

  private CallErrors() {}

  /** Answers a call that a handler has refused. */
  public static void refused(Exchange call) {
    ApiException refusal = call.getProperty(Exchange.EXCEPTION_CAUGHT, ApiException.class);
    answer(call, refusal.status(), new ErrorAnswer(String.valueOf(refusal.getMessage())));
  }

  /** Answers a call after a bug in this program. */
  public static void failed(Exchange call) {
    LOG.error(
        "a call of the API failed", call.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    answer(call, 500, ErrorResponses.body(500));
  }

  private static void answer(Exchange call, int status, ErrorAnswer error) {
    call.getMessage().removeHeaders("*");
    call.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    call.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    call.getMessage().setBody(error);
  }
}
