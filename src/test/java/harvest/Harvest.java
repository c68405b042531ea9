package harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import testing.FaultyStore;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.PortalSimulator;
import testing.Ports;

/** A harvest as a user sets it up: a portal, a store, a working folder, an environment. */
final class Harvest implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final PortalSimulator portal;
  final FaultyStore store;
  private final Path folder;
  private final int pages;
  private final Map<String, String> environment = new HashMap<>();

  Harvest(Path folder, int documents, int pageSize) throws IOException {
    this.folder = folder;
    this.pages = (documents + pageSize - 1) / pageSize;
    this.portal = new PortalSimulator(documents, pageSize);
    this.store = new FaultyStore(folder.resolve("store"));
    environment.putAll(store.environment());
    set("PORTAL_URL", portal.listingUrl());
    set("PORTAL_TOTAL_SELECTOR", "#total");
    set("PORTAL_RATE", "0");
    set("PORTAL_RETRY_WAIT", "50ms");
    set("HARVEST_INSTANCES", "1");
    set("HARVEST_SCRIPTS", "2");
    set("HARVEST_PAGES", String.valueOf(pages));
    set("HARVEST_PAGE_SIZE", String.valueOf(pageSize));
    set("HARVEST_AUTOSTART", "all");
    set("HARVEST_START_DELAY", "0");
    set("API_PORT", String.valueOf(Ports.free()));
    set("MANAGEMENT_PORT", String.valueOf(Ports.free()));
  }

  Harvest set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs the program inside this JVM. */
  LocalInstance run() throws IOException {
    return LocalInstance.start(folder, environment);
  }

  /** Runs another instance inside this JVM, with these settings in addition to the common ones. */
  LocalInstance run(Map<String, String> own) throws IOException {
    return LocalInstance.start(folder, with(own));
  }

  /** Runs the program as a process, for tests of signals, exit codes or the JVM itself. */
  Launcher process() throws IOException {
    return Launcher.start(folder, environment, "run");
  }

  /** Runs another instance as a process, with these settings in addition to the common ones. */
  Launcher process(Map<String, String> own) throws IOException {
    return Launcher.start(folder, with(own), "run");
  }

  /** Starts a command as a process. */
  Launcher processOf(String... args) throws IOException {
    return Launcher.start(folder, environment, args);
  }

  /** Starts a command as a process, with further options of the JVM. */
  Launcher processOf(List<String> jvm, String... args) throws IOException {
    return Launcher.start(List.of(), jvm, folder, environment, args);
  }

  /** Runs it with another starter (see {@link Launcher}). */
  Launcher process(List<String> starter, List<String> jvm) throws IOException {
    return Launcher.start(starter, jvm, folder, environment, "run");
  }

  private Map<String, String> with(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(own);
    return all;
  }

  String setting(String name) {
    return environment.get(name);
  }

  /** The API of the running instance; waits until it responds. */
  Api api() {
    return Api.at(Integer.parseInt(setting("API_PORT")));
  }

  Path spool() {
    return folder.resolve("data/spool");
  }

  /** Runs until every page has its manifest, then ends the program. */
  void runToTheEnd() throws Exception {
    runToTheEnd(pages);
  }

  /** Runs until there are this many manifests, then ends the program. */
  void runToTheEnd(int manifests) throws Exception {
    try (LocalInstance run = run()) {
      awaitManifests(manifests);
    }
  }

  /** Runs until every script has done all it can, then ends the program. */
  void runUntilComplete() throws Exception {
    try (LocalInstance run = run()) {
      for (int script = 1; script <= Integer.parseInt(setting("HARVEST_SCRIPTS")); script++) {
        api().awaitState(script, "completed");
      }
    }
  }

  void awaitManifests(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> store.count("manifests") >= count);
  }

  /** Runs a command inside this JVM. */
  LocalCommand command(String... args) {
    return LocalCommand.run(folder, environment, args);
  }

  /** Runs a command inside this JVM, with these settings in addition to the common ones. */
  LocalCommand command(Map<String, String> own, String... args) {
    return LocalCommand.run(folder, with(own), args);
  }

  /** The JSON of the audit; its exit code is in the field {@code exit}. */
  JsonNode audit() throws Exception {
    LocalCommand audit = command("audit", "--json");
    JsonNode report = JSON.readTree(audit.stdout());
    ((ObjectNode) report).put("exit", audit.exitCode());
    return report;
  }

  /** The rows of a page's manifest. */
  List<JsonNode> manifest(int page) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : store.manifest(page).split("\n")) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  /** One row of a page's manifest. */
  JsonNode row(int page, int row) throws IOException {
    return manifest(page).get(row - 1);
  }

  @Override
  public void close() throws IOException {
    portal.close();
    store.close();
  }
}
