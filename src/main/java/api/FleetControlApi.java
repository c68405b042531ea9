package api;

import api.client.Reply;
import api.dto.Message;
import api.dto.NoFields;
import api.dto.StartAnswer;
import api.dto.StartRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Starts and stops scripts of any instance in the fleet. Calls for a peer are forwarded with the
 * fleet's key, so that no web page needs to know the key.
 */
public final class FleetControlApi {
  private static final Set<Integer> PASSED_ON = Set.of(400, 409);

  private final int own;
  private final ControlApi control;
  private final Fleet fleet;

  /**
   * @param own number of this instance
   */
  public FleetControlApi(int own, ControlApi control, Fleet fleet) {
    this.own = own;
    this.control = control;
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

  private boolean isOwn(String id) {
    return id.equals(String.valueOf(own));
  }

  private <T> T passOn(String id, String path, Class<?> takes, Class<T> gives, Exchange exchange) {
    Object body = ApiCall.of(exchange).body(takes);
    Fleet.Peer peer = peer(id);
    String who = "instance " + id + " at " + peer.address();
    Reply reply = ask(who, peer, path, body);
    if (reply.isKeyRefused()) {
      throw new ApiException(502, who + " refuses the key that is set as fleet.key");
    }
    if (PASSED_ON.contains(reply.status())) {
      throw new ApiException(reply.status(), reply.message());
    }
    if (!reply.isSuccess()) {
      throw new ApiException(502, who + " answered " + reply.status() + ": " + reply.message());
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
    return reply
        .as(gives)
        .orElseThrow(() -> new ApiException(502, who + " answered, but is not an instance"));
  }

  private Fleet.Peer peer(String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[1-9]\\d{0,8}"))
        .flatMap(text -> fleet.peer(Integer.parseInt(text)))
        .orElseThrow(() -> new ApiException(404, "no instance \"" + id + "\" is known here"));
  }

  private static Reply ask(String who, Fleet.Peer peer, String path, Object body) {
    try {
      return Fleet.post(peer, path, body);
    } catch (IOException e) {
      throw new ApiException(502, who + " does not answer (" + e.getMessage() + ")");
    }
  }
}
