package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;
import testing.RawHttp;

/** The console on the management port, and the Jolokia behind it. */
class HawtioIT {
  private static final String ROUTE =
      "org.apache.camel:context=%s,type=routes,name=\\\"script-%02d\\\"";

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private int port;

  private Harvest harvest(int documents) throws Exception {
    Harvest harvest =
        new Harvest(folder, documents, 10)
            .set("HARVEST_AUTOSTART", "0")
            .set("HARVEST_SCRIPTS", "6")
            .set("HAWTIO_USER", "ops")
            .set("HAWTIO_PASSWORD", "s3cret: ü");
    port = Integer.parseInt(harvest.setting("MANAGEMENT_PORT"));
    return harvest;
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(
                (user + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    List<String> all = new ArrayList<>(List.of("Authorization", basic("ops", "s3cret: ü")));
    all.addAll(List.of(headers));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .headers(all.toArray(String[]::new));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return http.send(request(path, headers).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String json, String... headers) throws Exception {
    return http.send(
        request("/hawtio/jolokia", headers).POST(BodyPublishers.ofString(json)).build(),
        BodyHandlers.ofString());
  }

  private JsonNode jolokia(String json) throws Exception {
    HttpResponse<String> answer = post(json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private String context() throws Exception {
    return jolokia("{\"type\":\"search\",\"mbean\":\"org.apache.camel:type=context,*\"}")
        .at("/value/0")
        .asText()
        .replaceFirst(".*context=([^,]+),.*", "$1");
  }

  private int exec(String mbean, String operation) throws Exception {
    return jolokia(
            "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\"}".formatted(mbean, operation))
        .path("status")
        .asInt();
  }

  @Test
  void isNotServedWithoutUserAndPassword() throws Exception {
    try (Harvest harvest =
            harvest(10).set("HAWTIO_PASSWORD", "").set("CAMEL_MANAGEMENT_HOST", "0.0.0.0");
        LocalInstance run = harvest.run()) {
      for (String path : List.of("/hawtio", "/hawtio/", "/hawtio/jolokia", "/hawtio/user")) {
        assertThat(get(path).statusCode()).as(path).isEqualTo(404);
      }
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new Socket("127.0.0.2", port)); // Camel's own key moves nothing
      assertThat(Files.readString(folder.resolve("data/logs/instance.log")))
          .containsOnlyOnce(
              "hawtio is not served: hawtio.user and hawtio.password are not both set")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void itsFilesAreSentCompressed() throws Exception {
    try (Harvest harvest = harvest(10);
        LocalInstance run = harvest.run()) {
      HttpResponse<String> page = get("/hawtio/index.html", "Accept-Encoding", "gzip");
      assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(page.headers().allValues("Vary")).containsOnlyOnce("Accept-Encoding");
      assertThat(get("/hawtio/index.html").headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void nothingIsShownWithoutTheLoginAndWrongOnesAreAnsweredSlowly() throws Exception {
    try (Harvest harvest = harvest(10);
        LocalInstance run = harvest.run()) {
      for (String path :
          List.of(
              "/hawtio",
              "/hawtio/",
              "/hawtio/index.html",
              "/hawtio/jolokia",
              "/hawtio/jolokia/version",
              "/hawtio/nothing",
              "//hawtio/",
              "/x/../hawtio/jolokia",
              "/%68awtio/jolokia")) {
        String answer = RawHttp.get(port, path, "127.0.0.1");
        assertThat(answer).as(path).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Basic");
      }
      assertThat(RawHttp.get(port, "/HAWTIO/", "127.0.0.1")).contains(" 404 ");
      assertThat(RawHttp.get(port, "/hawtio/", "evil.example")).contains(" 421 ");

      long begin = System.nanoTime();
      List<CompletableFuture<HttpResponse<String>>> wrong =
          IntStream.range(0, 30)
              .mapToObj(
                  i ->
                      http.sendAsync(
                          HttpRequest.newBuilder(
                                  URI.create("http://127.0.0.1:" + port + "/hawtio/jolokia"))
                              .header("Authorization", basic("ops", "x" + i))
                              .build(),
                          BodyHandlers.ofString()))
              .toList();
      assertThat(get("/hawtio/user").body()).isEqualTo("\"ops\"");
      assertThat(wrong).allMatch(answer -> answer.join().statusCode() == 401);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThan(Duration.ofMillis(1400));
      Path log = folder.resolve("data/logs/instance.log");
      Awaitility.await()
          .until(() -> Files.readString(log).contains("refused for a wrong login of hawtio ("));
      assertThat(Files.readString(log)).doesNotContain("s3cret");
    }
  }

  @Test
  void jolokiaReadsAndControlsScriptsAndNothingElse() throws Exception {
    try (Harvest harvest = harvest(10);
        LocalInstance run = harvest.run()) {
      assertThat(
              new ObjectMapper()
                  .readTree(get("/hawtio/jolokia").body())
                  .at("/value/agent")
                  .asText())
          .isNotEmpty();
      assertThat(get("/hawtio/jolokia/read/java.lang:type=Memory/HeapMemoryUsage").body())
          .contains("\"used\"");
      assertThat(jolokia("{\"type\":\"list\"}").at("/value/java.lang").size()).isPositive();
      String context = context();
      assertThat(
              jolokia(
                      "{\"type\":\"exec\",\"mbean\":\"org.apache.camel:context=%s,type=context,name=\\\"%s\\\"\",\"operation\":\"dumpRoutesAsXml()\"}"
                          .formatted(context, context.replace("\"", "")))
                  .path("value")
                  .asText())
          .contains("script-05");

      for (String secret :
          List.of(
              "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\"}",
              "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"SystemProperties\"}",
              "{\"type\":\"read\",\"mbean\":\"java.lang:*\",\"attribute\":\"SystemProperties\"}",
              "{\"type\":\"read\",\"mbean\":\"java.lang:*\"}")) {
        assertThat(post(secret).body()).as(secret).doesNotContain("java.version\"", "user.dir");
      }
      String page = "org.apache.camel:context=%s,type=routes,name=\\\"page\\\"".formatted(context);
      String script = ROUTE.formatted(context, 5);
      for (String[] refused :
          new String[][] {
            {page, "stop()"},
            {script, "remove()"},
            {script, "suspend()"},
            {script, "stop(long)"},
            {"org.apache.camel:type=routes,*", "stop()"},
            {"java.lang:type=Memory", "gc"},
            {"java.lang:type=Memory", "gc()"}
          }) {
        assertThat(exec(refused[0], refused[1])).as(refused[0] + refused[1]).isEqualTo(403);
      }
      assertThat(
              jolokia(
                      "{\"type\":\"write\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"Verbose\",\"value\":true}")
                  .path("status")
                  .asInt())
          .isEqualTo(403);
      assertThat(
              jolokia("{\"type\":\"notification\",\"command\":\"register\"}")
                  .path("status")
                  .asInt())
          .isEqualTo(403);
      assertThat(jolokia("nonsense").path("status").asInt()).isGreaterThanOrEqualTo(400);

      String read = "{\"type\":\"version\"}";
      assertThat(post(read, "Origin", "http://127.0.0.1:" + port).statusCode()).isEqualTo(200);
      assertThat(post(read, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
      assertThat(post(read, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
      assertThat(get("/hawtio/jolokia/version", "Sec-Fetch-Site", "same-site").statusCode())
          .isEqualTo(403);

      assertThat(get("/hawtio/../application.properties").statusCode()).isEqualTo(404);
      assertThat(get("/hawtio/%2e%2e/application.properties").statusCode()).isEqualTo(404);
      assertThat(get("/hawtio/static/js").statusCode()).isEqualTo(404);
      assertThat(get("/hawtio/camel/routes", "Accept", "text/html").body())
          .contains("<div id=\"root\"");
    }
  }

  @Test
  void aRouteStoppedInTheConsoleStopsWithin5SecondsAndEitherSideCanStartItAgain() throws Exception {
    try (Harvest harvest = harvest(60)) {
      harvest.portal.faults(path -> path.startsWith("/doc/") ? Fault.hang() : null);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        String script = ROUTE.formatted(context(), 5);
        api.post("/api/scripts/start/5");
        api.awaitState(5, "running");

        CompletableFuture<Integer> stopping =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return exec(script, "stop()");
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
        Awaitility.await()
            .atMost(Duration.ofSeconds(8)) // 5 where the machine has nothing else to do
            .until(() -> api.state(5).equals("stopped"));
        assertThat(stopping.join()).isEqualTo(200);

        assertThat(api.post("/api/scripts/start/5").status()).isEqualTo(200);
        api.awaitState(5, "running");
        assertThat(exec(script, "stop()")).isEqualTo(200);
        api.awaitState(5, "stopped");
        assertThat(exec(script, "start()")).isEqualTo(200);
        api.awaitState(5, "running");
      }
    }
  }

  @Test
  void aPersonStopsAndStartsAScriptInTheConsole(@TempDir Path profile) throws Exception {
    try (Harvest harvest = harvest(600)) {
      harvest.set("HAWTIO_PASSWORD", "s3cret").set("PORTAL_RATE", "5");
      try (LocalInstance run = harvest.run();
          Browser browser = new Browser(profile)) {
        Api api = harvest.api();
        api.post("/api/scripts/start/5");
        api.awaitState(5, "running");
        browser.open("http://ops:s3cret@127.0.0.1:" + port + "/hawtio/"); // logs in
        browser.open("http://127.0.0.1:" + port + "/hawtio/camel");
        click(browser, "scripts");
        click(browser, "script-05");
        click(browser, "Operations");
        execute(browser, "stop()");
        api.awaitState(5, "stopped");
        assertThat(api.script(5).path("last_error").asText()).contains("JMX");
        execute(browser, "start()");
        api.awaitState(5, "running");
        browser.screenshot("hawtio");
      }
    }
  }

  @Test
  void theLogoutRefusesTheLoginOnceAndANewLoginLeadsBackToTheConsole() throws Exception {
    try (Harvest harvest = harvest(10);
        LocalInstance run = harvest.run()) {
      HttpResponse<String> refused = get("/hawtio/auth/logout");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
      String mark = refused.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

      HttpResponse<String> again = get("/hawtio/auth/logout", "Cookie", mark);

      assertThat(again.statusCode()).isEqualTo(302);
      assertThat(again.headers().firstValue("Location")).hasValue("/hawtio/");
      assertThat(again.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    }
  }

  /** Clicks the first element that says just this. */
  private static void click(Browser browser, String text) {
    awaitDone(
        browser,
        text,
        "[...document.querySelectorAll('main *')]"
            + ".find((e) => !e.children.length && e.textContent.trim() === '%s')".formatted(text));
  }

  /** Runs an operation of the MBean that is shown. */
  private static void execute(Browser browser, String operation) {
    awaitDone(
        browser,
        operation,
        "document.querySelector(\"[aria-labelledby^='operation %s ']\")".formatted(operation));
    awaitDone(
        browser,
        "Execute",
        "document.querySelector(\"[id='operation-execute-%s'] [type=submit]\")"
            .formatted(operation));
  }

  private static void awaitDone(Browser browser, String what, String element) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Boolean.TRUE.equals(
                    browser.run(
                        "const e = %s; if (e) { e.click(); } return !!e;".formatted(element))));
  }
}
