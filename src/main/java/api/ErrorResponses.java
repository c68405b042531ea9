package api;

import api.dto.ErrorAnswer;
import api.dto.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.ext.web.RoutingContext;

/** Error responses to calls that no handler answers, in the one format for all errors. */
final class ErrorResponses {
  private ErrorResponses() {}

  /** The body for a status, with the usual message. */
  static ErrorAnswer body(int status) {
    return new ErrorAnswer(reason(status));
  }

  /** Answers with a status and its usual message. */
  static void answer(RoutingContext call, int status) {
    answer(call, status, reason(status));
  }

  /** Answers with a status and this message, unless the call has been answered already. */
  static void answer(RoutingContext call, int status, String message) {
    send(call, status, new ErrorAnswer(message));
  }

  /** Answers with a status and this record, unless the call has been answered already. */
  static void send(RoutingContext call, int status, Object body) {
    if (!call.response().ended() && !call.response().closed()) {
      call.response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .end(json(body));
    }
  }

  private static String json(Object body) {
    try {
      return Json.ANSWERS.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reason(int status) {
    return switch (status) {
      case 401 -> "a valid key is needed, as X-API-Key or as Authorization: Bearer";
      case 403 ->
          "pages of this origin may not call: name it in api.cors-origins; behind a proxy let that"
              + " pass on the host as the browser sent it (nginx: proxy_set_header Host $http_host)"
              + " and name the host in api.allowed-hosts";
      case 404 -> "no such path";
      case 405 -> "this path does not allow that method";
      case 413 -> "the body is too large";
      case 414 -> "the path is too long";
      case 415 -> "the body must be application/json";
      case 421 ->
          "this instance does not answer to that host name: name it in api.allowed-hosts, also the"
              + " public host of a proxy";
      case 431 -> "the headers are too large";
      case 500 -> "internal error; see the log of the instance";
      default -> "bad request";
    };
  }
}
