package demo.ecourts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Talks to the portal like its own page does, or with deliberate mistakes. */
final class PortalVisitor {
  static final String LISTING = "?p=pdf_search/home/";
  static final String CHECK = "?p=pdf_search/checkCaptcha";
  static final String OPEN = "?p=pdf_search/openpdfcaptcha";
  static final String OPEN_SOLVED = "?p=pdf_search/openpdf";
  static final String IMAGE = "vendor/securimage/securimage_show.php?1";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI home;

  /** Cookies by name, and headers of a POST; tests may change both. */
  final Map<String, String> cookies = new TreeMap<>();

  final Map<String, String> headers =
      new TreeMap<>(
          Map.of(
              "X-Requested-With", "XMLHttpRequest",
              "Content-Type", "application/x-www-form-urlencoded; charset=UTF-8",
              "User-Agent", "visitor"));

  /** The newest token. */
  String token = "";

  PortalVisitor(EcourtsPortal portal) {
    this.home = portal.address();
  }

  HttpResponse<byte[]> get(String address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(home.resolve(address)));
  }

  String text(String address) throws IOException, InterruptedException {
    return new String(get(address).body(), StandardCharsets.UTF_8);
  }

  /** Sends these fields unchanged. */
  HttpResponse<byte[]> post(String address, Map<String, String> fields)
      throws IOException, InterruptedException {
    String form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(address));
    headers.forEach(request::header);
    return send(request.POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    for (String cookie : answer.headers().allValues("Set-Cookie")) {
      String[] parts = cookie.split(";")[0].split("=", 2);
      cookies.put(parts[0], parts[1]);
    }
    return answer;
  }

  /**
   * Sends these fields together with those every request needs, and reads the JSON and its token.
   */
  JsonNode ask(String address, Map<String, String> fields)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>(fields);
    form.putIfAbsent("ajax_req", "true");
    form.putIfAbsent("app_token", token);
    JsonNode answer = new JsonMapper().readTree(post(address, form).body());
    token = answer.path("app_token").asText(token);
    return answer;
  }

  /** One page of the listing, with changes to the usual fields. */
  JsonNode list(int offset, int length, Map<String, String> changes)
      throws IOException, InterruptedException {
    return ask(LISTING, listingFields(offset, length, changes));
  }

  JsonNode list(int offset, int length) throws IOException, InterruptedException {
    return list(offset, length, Map.of());
  }

  static Map<String, String> listingFields(int offset, int length, Map<String, String> changes) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("sEcho", "7");
    fields.put("iColumns", "2");
    fields.put("iDisplayStart", String.valueOf(offset));
    fields.put("iDisplayLength", String.valueOf(length));
    fields.put("mDataProp_0", "0");
    fields.put("mDataProp_1", "1");
    fields.put("iSortCol_0", "0");
    fields.put("sSortDir_0", "asc");
    fields.put("iSortingCols", "1");
    fields.put("search_opt", "PHRASE");
    fields.put("fcourt_type", "2");
    fields.put("state_code", "");
    fields.put("dist_code", "null");
    fields.put("from_date", "");
    fields.put("to_date", "");
    fields.put("date_val", "ALL");
    fields.putAll(changes);
    return fields;
  }

  /** Requests a document, with changes to the usual fields. */
  JsonNode open(String path, Map<String, String> changes) throws IOException, InterruptedException {
    return ask(OPEN, openFields(path, changes));
  }

  JsonNode open(String path) throws IOException, InterruptedException {
    return open(path, Map.of());
  }

  JsonNode openSolved(String path, String answer) throws IOException, InterruptedException {
    return ask(OPEN_SOLVED, openFields(path, Map.of("captcha1", answer)));
  }

  static Map<String, String> openFields(String path, Map<String, String> changes) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("val", "0");
    fields.put("lang_flg", "undefined");
    fields.put("path", path);
    fields.put("citation_year", "");
    fields.put("fcourt_type", "2");
    fields.put("file_type", "undefined");
    fields.put("nc_display", "undefined");
    fields.putAll(changes);
    return fields;
  }

  JsonNode check(String answer) throws IOException, InterruptedException {
    return ask(CHECK, Map.of("captcha", answer, "search_opt", "PHRASE"));
  }
}
