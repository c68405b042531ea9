package portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import model.FailureReason;
import portal.http.PdfCheck;

/**
 * The third portal of docs/portals.md: a JSON API whose pages are reached by a cursor that only the
 * previous page contains. If a page's cursor is unknown, the pages from the nearest known one are
 * read.
 */
final class CursorDialect implements Dialect {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;
  private final PortalScope scope;
  private final RowCount rowCount;
  private final PdfCheck check = new PdfCheck();

  /** Shared by all sessions, so that no page is read twice for its cursor. */
  private final NavigableMap<Integer, String> cursors = new ConcurrentSkipListMap<>(Map.of(1, ""));

  CursorDialect(URI api, PortalScope scope) {
    this.api = api;
    this.scope = scope;
    this.rowCount = scope.rowCount();
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    return new CursorSession(http);
  }

  private final class CursorSession implements Session {
    private final PortalHttp http;

    CursorSession(PortalHttp http) {
      this.http = http;
    }

    @Override
    public int parallel() {
      return Integer.MAX_VALUE;
    }

    @Override
    public Listing list(int page) {
      Map.Entry<Integer, String> known = cursors.floorEntry(page);
      JsonNode answer = ask(known.getKey(), known.getValue());
      for (int next = known.getKey() + 1; next <= page; next++) {
        answer = ask(next, answer.path("next").asText());
      }
      return read(page, answer);
    }

    private JsonNode ask(int page, String cursor) {
      URI uri = URI.create(api + "?limit=" + scope.pageSize() + "&cursor=" + cursor);
      Reply reply = http.send(Request.page(uri));
      JsonNode answer = parse(uri, reply);
      cursors.put(page, cursor);
      return answer;
    }

    @Override
    public Download fetch(Row row, Path spool) {
      Reply reply = http.send(Request.document(row.address(), spool));
      if (reply.status() != 200) {
        throw new PortalException(
            reply.status() == 404 ? FailureReason.GONE : FailureReason.http(reply.status()),
            row.url());
      }
      check.check(reply.download(), row.url());
      return reply.download();
    }
  }

  private static JsonNode parse(URI uri, Reply reply) {
    try {
      JsonNode answer = JSON.readTree(reply.text(StandardCharsets.UTF_8));
      if (reply.status() == 200 && answer.path("items").isArray()) {
        return answer;
      }
    } catch (JsonProcessingException e) {
      throw new PortalException(FailureReason.UNREADABLE, uri + " answered no JSON", e);
    }
    throw new PortalException(FailureReason.UNREADABLE, uri + " answered no items");
  }

  private Listing read(int page, JsonNode answer) {
    List<Row> rows = new ArrayList<>();
    answer.path("items").forEach(item -> rows.add(row(rows.size() + 1, item)));
    OptionalLong total = OptionalLong.of(answer.path("total").asLong());
    rowCount.require(rows.size(), page, total, api.toString());
    return new Listing(page, rows, total);
  }

  private Row row(int number, JsonNode item) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("title", item.path("title").asText());
    String link = item.path("pdf").asText();
    return Address.of(api, link, new Identity(api, List.of(), scope.maxIdLength()))
        .map(
            address ->
                new Row(
                    number,
                    address.id(),
                    address.uri().toString(),
                    scope.allowed().allows(address.uri()) ? null : FailureReason.FOREIGN_HOST,
                    facts))
        .orElseGet(() -> new Row(number, link, link, FailureReason.BAD_ADDRESS, facts));
  }
}
