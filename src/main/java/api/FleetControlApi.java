package api;

import api.client.Reply;
import api.dto.CaptchaAnswered;
import api.dto.CaptchaSolution;
import api.dto.CaptchasAnswer;
import api.dto.HistoryAnswer;
import api.dto.Message;
import api.dto.NoFields;
import api.dto.QueuedAnswer;
import api.dto.RetryRequest;
import api.dto.StartAnswer;
import api.dto.StartRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Calls for any instance of the fleet: to start and stop its scripts, to retry its failed
 * documents, to answer its captchas, to see its history. Those for a peer are forwarded with the
 * fleet's key, so that no web page needs to know it.
 */
public final class FleetControlApi {
  private static final Set<Integer> PASSED_ON = Set.of(400, 404, 409);

  private final int own;
  private final ControlApi control;
  private final CaptchaApi captchas;
  private final HistoryApi history;
  private final Fleet fleet;

  /**
   * @param own number of this instance
   */
  public FleetControlApi(
      int own, ControlApi control, CaptchaApi captchas, HistoryApi history, Fleet fleet) {
    this.own = own;
    this.control = control;
    this.captchas = captchas;
    this.history = history;
    this.fleet = fleet;
  }

  /** {@code POST /api/fleet/{id}/scripts/start}. */
  public StartAnswer start(@Header("id") String id, Exchange exchange) {
    return isOwn(id)
        ? control.start(exchange)
        : passOn(id, "/api/scripts/start", StartRequest.class, StartAnswer.class, exchange);
  }

  /** {@code POST /api/fleet/{id}/scripts/stop-all}. */
  public Message stopAll(@Header("id") String id, Exchange exchange) {
    return isOwn(id)
        ? control.stopAll(exchange)
        : passOn(id, "/api/scripts/stop-all", NoFields.class, Message.class, exchange);
  }

  /** {@code POST /api/fleet/{id}/retry-failed}. */
  public QueuedAnswer retryFailed(@Header("id") String id, Exchange exchange) {
    return isOwn(id)
        ? control.retryFailed(exchange)
        : passOn(id, "/api/retry-failed", RetryRequest.class, QueuedAnswer.class, exchange);
  }

  /** {@code GET /api/fleet/{id}/captchas}. */
  public CaptchasAnswer captchas(@Header("id") String id) {
    return isOwn(id) ? captchas.waiting() : ask(id, "/api/captchas", CaptchasAnswer.class);
  }

  /** {@code GET /api/fleet/{id}/history}. */
  public HistoryAnswer history(@Header("id") String id) {
    return isOwn(id) ? history.history() : ask(id, "/api/history", HistoryAnswer.class);
  }

  /** {@code POST /api/fleet/{id}/captchas/{captcha}}. */
  public CaptchaAnswered answer(
      @Header("id") String id, @Header("captcha") String captcha, Exchange exchange) {
    if (isOwn(id)) {
      return captchas.answer(captcha, exchange);
    }
    if (!captcha.matches("[\\w-]{1,64}")) {
      throw CaptchaApi.unknown(captcha);
    }
    String path = "/api/captchas/" + captcha;
    return passOn(id, path, CaptchaSolution.class, CaptchaAnswered.class, exchange);
  }

  private boolean isOwn(String id) {
    return id.equals(String.valueOf(own));
  }

  /** An answer of a peer, and its status. */
  private record Read<T>(int status, T answer) {}

  /** A call of a peer. */
  @FunctionalInterface
  private interface Call {
    Reply send() throws IOException;
  }

  private <T> T ask(String id, String path, Class<T> gives) {
    Peer peer = peer(id);
    return read(id, peer, () -> peer.get(path), gives).answer();
  }

  private <T> T passOn(String id, String path, Class<?> takes, Class<T> gives, Exchange exchange) {
    Object body = ApiCall.of(exchange).body(takes);
    Peer peer = peer(id);
    Read<T> read = read(id, peer, () -> peer.post(path, body), gives);
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, read.status());
    return read.answer();
  }

  private static <T> Read<T> read(String id, Peer peer, Call call, Class<T> gives) {
    String who = "instance " + id + " at " + peer.address();
    Reply reply = ask(who, call);
    if (reply.isKeyRefused()) {
      throw new ApiException(502, who + " refuses the key that is set as fleet.key");
    }
    if (PASSED_ON.contains(reply.status())) {
      throw new ApiException(reply.status(), reply.message());
    }
    if (!reply.isSuccess()) {
      throw new ApiException(502, who + " answered " + reply.status() + ": " + reply.message());
    }
    return reply
        .as(gives)
        .map(answer -> new Read<>(reply.status(), answer))
        .orElseThrow(() -> new ApiException(502, who + " answered, but is not an instance"));
  }

  private Peer peer(String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[1-9]\\d{0,8}"))
        .flatMap(text -> fleet.peer(Integer.parseInt(text)))
        .orElseThrow(() -> new ApiException(404, "no instance \"" + id + "\" is known here"));
  }

  private static Reply ask(String who, Call call) {
    try {
      return call.send();
    } catch (IOException e) {
      throw new ApiException(502, who + " does not answer (" + e.getMessage() + ")");
    }
  }
}
