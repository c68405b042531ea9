package api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import model.ApiFormat;

/** {@code GET /api/fleet}: this instance and its peers, and their sums. */
public final class FleetApi {
  private static final List<String> SUMMED =
      List.of(
          "total_scripts",
          "running_scripts",
          "completed_scripts",
          "error_scripts",
          "waiting_scripts",
          "total_files_downloaded",
          "total_bytes",
          "failed_downloads",
          "total_pages",
          "completed_pages");

  private final Fleet fleet;
  private final String address;
  private final Supplier<Map<String, Object>> own;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param address of this instance
   * @param own this instance's status data
   */
  public FleetApi(Fleet fleet, String address, Supplier<Map<String, Object>> own) {
    this.fleet = fleet;
    this.address = address;
    this.own = own;
  }

  /** {@code GET /api/fleet}. */
  public Map<String, Object> fleet() {
    JsonNode mine = json.valueToTree(own.get());
    int id = mine.path("instance_id").asInt();
    List<Map<String, Object>> instances = new ArrayList<>();
    List<JsonNode> answered = new ArrayList<>();
    instances.add(instance(id, address, StatusApi.now(), mine));
    answered.add(mine);
    for (Fleet.Peer peer : fleet.ask()) {
      if (peer.instanceId() != null && peer.instanceId() == id) {
        continue; // one list for all instances names this one, too
      }
      String seen = peer.lastSeen() == null ? null : ApiFormat.time(peer.lastSeen());
      instances.add(instance(peer.instanceId(), peer.address().toString(), seen, peer.data()));
      if (peer.data() != null) {
        answered.add(peer.data());
      }
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("instances", instances);
    data.put("total", total(answered));
    return StatusApi.success("data", data);
  }

  private static Map<String, Object> instance(
      Integer id, String address, String lastSeen, JsonNode data) {
    Map<String, Object> instance = new LinkedHashMap<>();
    instance.put("instance_id", id);
    instance.put("address", address);
    instance.put("reachable", data != null);
    instance.put("last_seen", lastSeen);
    instance.put("data", data);
    return instance;
  }

  private static Map<String, Object> total(List<JsonNode> answered) {
    Map<String, Object> total = new LinkedHashMap<>();
    SUMMED.forEach(field -> total.put(field, sum(answered, field)));
    double rate =
        answered.stream().mapToDouble(data -> data.path("files_per_second").asDouble()).sum();
    total.put(
        "progress_percentage",
        StatusData.percent(sum(answered, "completed_pages"), sum(answered, "total_pages")));
    total.put(
        "success_rate",
        StatusData.successRate(
            sum(answered, "total_files_downloaded"), sum(answered, "failed_downloads")));
    total.put("files_per_second", ApiFormat.rounded(rate));
    total.put("eta_seconds", eta(answered));
    total.put("errors", errors(answered));
    return total;
  }

  private static long sum(List<JsonNode> answered, String field) {
    return answered.stream().mapToLong(data -> data.path(field).asLong()).sum();
  }

  /** They work side by side: the last to end; unknown while one that has work left stands still. */
  private static Long eta(List<JsonNode> answered) {
    List<JsonNode> unfinished =
        answered.stream()
            .filter(
                data -> sum(List.of(data), "completed_pages") < sum(List.of(data), "total_pages"))
            .toList();
    boolean known = unfinished.stream().allMatch(data -> data.path("eta_seconds").isNumber());
    return unfinished.isEmpty() || !known
        ? null
        : unfinished.stream().mapToLong(data -> data.get("eta_seconds").asLong()).max().orElse(0);
  }

  private static Map<String, Long> errors(List<JsonNode> answered) {
    Map<String, Long> errors = new LinkedHashMap<>();
    for (JsonNode data : answered) {
      data.path("errors")
          .properties()
          .forEach(kind -> errors.merge(kind.getKey(), kind.getValue().asLong(), Long::sum));
    }
    return errors;
  }
}
