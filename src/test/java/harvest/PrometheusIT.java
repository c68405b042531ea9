package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Exposition;
import testing.LocalInstance;
import testing.Ports;
import testing.Prometheus;
import testing.ShellCommand;

/** The rules for Prometheus and the dashboard for Grafana, compared with what is really served. */
class PrometheusIT {
  private static final Path RULES = Path.of("deploy/prometheus/rules.yml");
  private static final Path DASHBOARD = Path.of("deploy/grafana/judgment-harvester.json");

  private static final Pattern METRIC =
      Pattern.compile("\\b((?:harvester|jvm|camel)_[a-z0-9_]+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!=|=)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

  /** Labels that Prometheus adds to what it scrapes. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  @TempDir Path folder;

  private Harvest harvest() throws IOException {
    return new Harvest(folder, 20, 10);
  }

  private static int management(Harvest harvest) {
    return Integer.parseInt(harvest.setting("MANAGEMENT_PORT"));
  }

  /** The dashboard's queries by panel, as Grafana would send them. */
  private static Map<String, String> queries() throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.put(
            panel.path("title").asText() + " " + target.path("refId").asText(),
            target
                .path("expr")
                .asText()
                .replace("$instance", ".*")
                .replace("$__rate_interval", "9s"));
      }
    }
    return queries;
  }

  @Test
  void theQueriesOfRulesAndDashboardNameOnlyWhatIsServed() throws Exception {
    List<String> expressions = new ArrayList<>(queries().values());
    expressions.add(Files.readString(RULES));
    try (Harvest harvest = harvest().set("HARVEST_AUTOSTART", "0");
        LocalInstance run = harvest.run()) {
      Exposition served =
          new Exposition(Api.management(management(harvest)).get("/observe/metrics").text());
      for (String expression : expressions) {
        Matcher metric = METRIC.matcher(expression);
        assertThat(metric.results().count() + (expression.contains("up{") ? 1 : 0)).isPositive();
        metric.reset();
        while (metric.find()) {
          isServed(served, metric.group(1), metric.group(2) == null ? "" : metric.group(2));
        }
      }
      for (String query : queries().values()) {
        areGrouped(served, query);
      }
    }
  }

  private static void isServed(Exposition served, String name, String matchers) {
    Matcher matcher = MATCHER.matcher(matchers);
    List<Exposition.Sample> samples =
        served.samples().stream().filter(sample -> sample.name().equals(name)).toList();
    assertThat(samples).as(name).isNotEmpty();
    while (matcher.find()) {
      String label = matcher.group(1);
      String value =
          matcher.group(2).equals("=~") ? matcher.group(3) : Pattern.quote(matcher.group(3));
      if (!OF_PROMETHEUS.contains(label)) {
        assertThat(samples)
            .as(name + "{" + matchers + "}")
            .anyMatch(sample -> sample.labels().getOrDefault(label, "").matches(value));
      }
    }
  }

  private static void areGrouped(Exposition served, String query) {
    Matcher grouping = GROUPING.matcher(query);
    Matcher metric = METRIC.matcher(query);
    while (grouping.find()) {
      assertThat(metric.find()).isTrue();
      for (String label : grouping.group(1).split(", *")) {
        assertThat(
                OF_PROMETHEUS.contains(label)
                    || served.samples().stream()
                        .filter(sample -> sample.name().equals(metric.group(1)))
                        .allMatch(sample -> sample.labels().containsKey(label)))
            .as(query + " has no label " + label)
            .isTrue();
      }
    }
  }

  @Test
  void promtoolAcceptsTheRulesAndTheirTestsPass() throws Exception {
    assumeThat(Prometheus.program("promtool")).as("promtool of the package prometheus").isPresent();
    for (List<String> arguments :
        List.of(
            List.of("check", "rules", RULES.toString()),
            List.of("check", "config", "deploy/prometheus/prometheus.yml"),
            List.of("test", "rules", "deploy/prometheus/rules.test.yml"))) {
      ShellCommand check = Prometheus.promtool(arguments.toArray(String[]::new));
      assertThat(check.exitCode()).as(check.stdout() + check.stderr()).isZero();
    }
  }

  @Test
  void everyPanelOfTheDashboardShowsSomethingInARealPrometheus() throws Exception {
    assumeThat(Prometheus.program("prometheus")).as("the package prometheus").isPresent();
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      harvest.api().awaitState(1, "completed");
      int port = Ports.free();
      Process prometheus = prometheus(management(harvest), port);
      try {
        Api api = Api.management(port);
        queries().forEach((panel, query) -> shows(api, panel, query));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> rulesWork(api));
      } finally {
        prometheus.destroy();
        prometheus.waitFor();
      }
    }
  }

  private Process prometheus(int scraped, int port) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [ "%s" ]
            scrape_configs:
              - job_name: judgment-harvester
                metrics_path: /observe/metrics
                static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
            """
                .formatted(RULES.toAbsolutePath(), scraped));
    return new ProcessBuilder(
            Prometheus.program("prometheus").orElseThrow().toString(),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  private static void shows(Api prometheus, String panel, String query) {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    Awaitility.await(panel)
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions() // it is still starting
        .untilAsserted(
            () -> {
              JsonNode answer = prometheus.get(path).json();
              assertThat(answer.path("status").asText()).as(answer.toString()).isEqualTo("success");
              assertThat(answer.at("/data/result")).as(query).isNotEmpty();
            });
  }

  private static void rulesWork(Api prometheus) {
    JsonNode rules = prometheus.get("/api/v1/rules").json().at("/data/groups/0/rules");
    assertThat(rules).hasSizeGreaterThan(10);
    for (JsonNode rule : rules) {
      assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
    }
  }
}
