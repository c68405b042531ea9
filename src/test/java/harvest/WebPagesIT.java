package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;

/** The dashboards' pages as files: what is served, how, and what is not. */
class WebPagesIT {
  private static final List<String> PAGES = List.of("/", "/unified");
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"(assets/[^\"]+)\"|(?:from|import) ?['\"](\\.[^'\"]+)['\"]");

  @TempDir Path folder;

  @Test
  void pagesAndTheirFilesNeedNoKeyAndHaveStrictHeaders() throws Exception {
    try (Harvest harvest = idle().set("API_KEY", "a-key");
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      List<String> paths = everythingThatIsLoaded(api);
      assertThat(paths).contains("/assets/instance.js", "/assets/lit/lit-html.js");
      for (String path : paths) {
        Api.Answer answer = api.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).as(path).isEqualTo(typeOf(path));
        assertThat(header(answer, "Content-Security-Policy"))
            .as(path)
            .contains("default-src 'none'; script-src 'self'; style-src 'self';")
            .contains("connect-src 'self'")
            .contains("frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
        assertThat(header(answer, "Referrer-Policy")).as(path).isEqualTo("no-referrer");
        assertThat(header(answer, "Cache-Control")).as(path).isEqualTo("no-cache");
        assertThat(answer.text()).as(path).doesNotContain("<script>").doesNotContain(" style=\"");
      }
      Api.Answer status = api.get("/api/status", "X-API-Key", "a-key");
      assertThat(header(status, "Cache-Control")).isEqualTo("no-store");
      assertThat(api.get("/api/status").status()).isEqualTo(401);
    }
  }

  /** The pages, and everything that they refer to, directly or indirectly. */
  private static List<String> everythingThatIsLoaded(Api api) {
    List<String> paths = new ArrayList<>(PAGES);
    for (int i = 0; i < paths.size(); i++) {
      Path place = Path.of(paths.get(i));
      Matcher references = REFERENCE.matcher(api.get(paths.get(i)).text());
      while (references.find()) {
        Path there =
            references.group(1) != null
                ? Path.of("/", references.group(1))
                : place.resolveSibling(references.group(2)).normalize();
        if (!paths.contains(there.toString())) {
          paths.add(there.toString());
        }
      }
    }
    return paths;
  }

  private static String typeOf(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/html; charset=utf-8";
    };
  }

  private static String header(Api.Answer answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @Test
  void aFileThatHasNotChangedIsNotSentAgain() throws Exception {
    try (Harvest harvest = idle();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      String tag = header(api.get("/"), "ETag");
      Api.Answer again = api.get("/", "If-None-Match", tag);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.text()).isEmpty();
      assertThat(api.get("/", "If-None-Match", "\"another\"").status()).isEqualTo(200);

      Api.Answer head = api.send("HEAD", "/unified", null);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.text()).isEmpty();
      assertThat(header(head, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    }
  }

  @Test
  void pagesResponsesAndStreamsAreCompressedForClientsThatAcceptIt() throws Exception {
    try (Harvest harvest = idle();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      for (String path : List.of("/", "/assets/style.css", "/api/status", "/api/openapi.json")) {
        Api.Answer zipped = api.get(path, "Accept-Encoding", "gzip");
        assertThat(header(zipped, "Content-Encoding")).as(path).isEqualTo("gzip");
        assertThat(header(api.get(path), "Content-Encoding")).as(path).isEqualTo("none");
      }
      Api.Answer rows =
          api.get("/api/failures", "Accept", "text/csv", "Accept-Encoding", "br, gzip;q=0.5");
      assertThat(header(rows, "Content-Encoding")).isEqualTo("gzip");
      assertThat(api.send("HEAD", "/", null, "Accept-Encoding", "gzip").status()).isEqualTo(200);
      String tag = header(api.get("/"), "ETag");
      assertThat(api.get("/", "If-None-Match", tag, "Accept-Encoding", "gzip").status())
          .isEqualTo(304);
    }
  }

  @Test
  void nothingElseIsServedWhateverTheAddressSays() throws Exception {
    Files.writeString(folder.resolve(".env"), "API_PORT=1");
    Files.writeString(folder.resolve("index.html"), "not this one");
    try (Harvest harvest = idle();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      for (String path :
          List.of(
              "/.env",
              "/index.html",
              "/application.properties",
              "/openapi.json",
              "/web/index.html",
              "/assets",
              "/assets/",
              "/assets/index.html",
              "/assets/instance.js/x",
              "/assets/..%2fapplication.properties",
              "/assets/%2e%2e/application.properties",
              "/..%2f..",
              "/..%2f..%2fetc/passwd",
              "/%2e%2e/.env",
              "/META-INF/MANIFEST.MF",
              "/unified.html",
              "/routes/WebPages.class")) {
        Api.Answer answer = api.get(path);
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.text()).as(path).doesNotContain("Exception").doesNotContain("\tat ");
      }
      for (String page : PAGES) {
        assertThat(api.post(page).status()).as(page).isEqualTo(405);
        assertThat(api.send("DELETE", page, null).status()).as(page).isEqualTo(405);
      }
    }
  }

  private Harvest idle() throws Exception {
    return new Harvest(folder, 10, 10).set("HARVEST_AUTOSTART", "0");
  }
}
