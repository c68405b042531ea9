package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;

/**
 * The permissions that docs/configuration.md asks for are those that the program uses, and {@code
 * deploy/s3-policy.json} grants those that it uses without being asked for more.
 */
class PermissionsIT {
  private static final Pattern ROW = Pattern.compile("\\| `(s3:\\w+)` \\| ([^|]+) \\|");

  @TempDir Path folder;

  @Test
  void theTableOfPermissionsNamesExactlyWhatTheProgramNeeds() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.set("S3_CREATE_BUCKET", "true").set("S3_BUCKET", "made-by-the-program");
      harvest.set("PORTAL_MAX_ATTEMPTS", "1");
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        harvest.portal.heal();
        api.post("/api/retry-failed", "{}");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> api.status().path("total_files_downloaded").asInt() == 20);
        api.post("/api/scripts/1/sweep", "{}");
        api.awaitState(1, "completed");
      }
      Path stored = folder.resolve("store/made-by-the-program/judgments/doc/4.pdf");
      Files.delete(stored);
      harvest.command("audit", "--all", "--deep");
      harvest.command("audit", "--checksums");
      harvest.command("check");
      harvest.set("HARVEST_DATA_DIR", "rebuilt").command("rebuild");
      Set<String> withoutOptions = used(harvest);
      for (String stranger : List.of("judgments/stranger.pdf", "manifests/stranger.jsonl")) {
        Files.writeString(folder.resolve("store/made-by-the-program/" + stranger), "nobody's");
      }
      harvest.command("audit", "--repair", "--delete-extra");

      assertThat(used(harvest)).isEqualTo(granted());
      assertThat(allowedBy(Path.of("deploy/s3-policy.json")))
          .containsExactlyInAnyOrderElementsOf(
              withoutOptions.stream().filter(use -> !use.startsWith("s3:CreateBucket")).toList());
    }
  }

  /** As {@code s3:GetObject s3.prefix*}, for the bucket and the prefixes that are the defaults. */
  private static Set<String> allowedBy(Path policy) throws Exception {
    Set<String> allowed = new TreeSet<>();
    for (JsonNode statement : new ObjectMapper().readTree(policy.toFile()).path("Statement")) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      for (JsonNode action : statement.path("Action")) {
        for (JsonNode resource : statement.path("Resource")) {
          String on =
              resource
                  .asText()
                  .replaceFirst("^arn:aws:s3:::s3-vector-storage$", "the bucket")
                  .replaceFirst("^arn:aws:s3:::s3-vector-storage/judgments/[*]$", "s3.prefix*")
                  .replaceFirst(
                      "^arn:aws:s3:::s3-vector-storage/manifests/[*]$", "s3.manifest-prefix*");
          allowed.add(action.asText() + " " + on);
        }
      }
    }
    return allowed;
  }

  /** As {@code s3:GetObject s3.prefix*}. */
  private static Set<String> granted() throws Exception {
    Set<String> granted = new TreeSet<>();
    String table = Files.readString(Path.of("docs/configuration.md"));
    for (MatchResult row : ROW.matcher(table).results().toList()) {
      for (String on : row.group(2).replace("`", "").split(", ")) {
        granted.add(row.group(1) + " " + on.strip());
      }
    }
    return granted;
  }

  private static Set<String> used(Harvest harvest) {
    return harvest.store.requests().stream()
        .map(PermissionsIT::permission)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String permission(String request) {
    boolean isPut = request.startsWith("PUT ");
    String key = request.replaceFirst("^\\w+ /[^/?]+/?", "");
    if (key.isEmpty() || key.startsWith("?")) {
      return isPut ? "s3:CreateBucket the bucket" : "s3:ListBucket the bucket";
    }
    String action = isPut ? "Put" : request.startsWith("DELETE ") ? "Delete" : "Get";
    return ("s3:" + action + "Object s3.")
        + key.replaceFirst("/.*", "*")
            .replace("judgments", "prefix")
            .replace("manifests", "manifest-prefix");
  }
}
