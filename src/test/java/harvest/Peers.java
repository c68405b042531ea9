package harvest;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import testing.Ports;

/** Instances that know each other. */
final class Peers {
  private Peers() {}

  /**
   * The settings that differ between them; all have the same list of peers, as operators write it.
   *
   * @param id from 1
   * @param ports the API's port of each
   */
  static Map<String, String> settings(int id, List<Integer> ports) throws IOException {
    Map<String, String> own = new HashMap<>();
    own.put("HARVEST_INSTANCE_ID", String.valueOf(id));
    own.put("HARVEST_DATA_DIR", "data-" + id);
    own.put("API_PORT", String.valueOf(ports.get(id - 1)));
    own.put("MANAGEMENT_PORT", String.valueOf(Ports.free()));
    own.put(
        "FLEET_PEERS",
        ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(",")));
    return own;
  }
}
