package alerts;

import api.dto.AuditData;
import api.dto.Json;
import api.dto.StatusData;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The state of an instance, built by tests. */
final class Pictures {
  private final ObjectNode status = Json.ANSWERS.createObjectNode();
  private final ArrayNode scripts = status.putArray("scripts");
  private final List<Situation.AwayPeer> away = new ArrayList<>();
  private double diskFree = 61.2;
  private String quota = "";

  Pictures() {
    status.put("instance_id", 2).put("total_scripts", 0).put("completed_scripts", 0);
    status.put("total_files_downloaded", 0).put("total_bytes", 0).put("failed_downloads", 0);
    status.put("retrying_downloads", 0).put("rejected_downloads", 0);
    status.putObject("rejected_reasons");
    status.put("total_pages", 100).put("completed_pages", 0).put("progress_percentage", 0.0);
    status
        .putObject("system")
        .put("cpu_percent", 31.0)
        .put("memory_percent", 44.0)
        .put("disk_free_bytes", 142L << 30);
  }

  Pictures set(String field, Object value) {
    status.set(field, Json.ANSWERS.valueToTree(value));
    return this;
  }

  Pictures system(String field, double value) {
    ((ObjectNode) status.get("system")).put(field, value);
    return this;
  }

  Pictures diskFree(double percent) {
    diskFree = percent;
    return this;
  }

  Pictures quota(String words) {
    quota = words;
    return this;
  }

  Pictures away(String address, String problem) {
    away.add(new Situation.AwayPeer(address, problem));
    return this;
  }

  Pictures audit(boolean clean) {
    return set(
        "last_audit", new AuditData(clean, clean, clean ? 0L : 3L, 1L, "2026-11-27T01:12:00Z"));
  }

  /** A script, with the fields that differ. */
  Pictures script(int id, String state, Object... fields) {
    ObjectNode script = scripts.addObject().put("script_id", id).put("status", state);
    script.put("is_running", List.of("starting", "running", "waiting", "stopping").contains(state));
    script.put("total_pages", 10).put("completed_pages", 1).put("total_files_downloaded", 7);
    script.put("failed_downloads", 0).put("rejected_downloads", 0);
    for (int i = 0; i < fields.length; i += 2) {
      script.set((String) fields[i], Json.ANSWERS.valueToTree(fields[i + 1]));
    }
    status.put("total_scripts", scripts.size());
    return this;
  }

  Situation situation() {
    return new Situation(
        Json.ANSWERS.convertValue(status, StatusData.class), diskFree, List.copyOf(away), quota);
  }
}
