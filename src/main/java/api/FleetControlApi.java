package api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Starts and stops scripts of an instance of the fleet: this one does it itself, a peer is asked
 * with the fleet's key, so that no page needs to know the key.
 */
public final class FleetControlApi {
  private static final Set<Integer> PASSED_ON = Set.of(400, 409);
  private static final int REFUSED = 401;

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
  public Object start(@Header("id") String id, Exchange exchange) {
    return isOwn(id)
        ? control.start(exchange)
        : passOn(id, "/api/scripts/start", ControlApi.START_FIELDS, exchange);
  }

  /** {@code POST /api/fleet/{id}/scripts/stop-all}. */
  public Object stopAll(@Header("id") String id, Exchange exchange) {
    return isOwn(id)
        ? control.stopAll(exchange)
        : passOn(id, "/api/scripts/stop-all", Set.of(), exchange);
  }

  private boolean isOwn(String id) {
    return id.equals(String.valueOf(own));
  }

  private JsonNode passOn(String id, String path, Set<String> fields, Exchange exchange) {
    JsonNode body = ApiCall.of(exchange).object(fields);
    Fleet.Peer peer =
        Optional.of(id)
            .filter(text -> text.matches("[1-9]\\d{0,8}"))
            .flatMap(text -> fleet.peer(Integer.parseInt(text)))
            .orElseThrow(() -> new ApiException(404, "no instance \"" + id + "\" is known here"));
    Fleet.Said said = fleet.post(peer, path, body);
    String who = "instance " + id + " at " + peer.address();
    if (said == null) {
      throw new ApiException(502, who + " does not answer");
    }
    if (said.status() == REFUSED) {
      throw new ApiException(502, who + " refuses the key that is set as fleet.key");
    }
    String message = said.body().path("message").asText();
    if (PASSED_ON.contains(said.status())) {
      throw new ApiException(said.status(), message);
    }
    if (said.status() / 100 != 2) {
      throw new ApiException(502, who + " answered " + said.status() + ": " + message);
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, said.status());
    return said.body();
  }
}
