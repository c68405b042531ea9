package api;

import api.dto.Failure;
import api.dto.FailuresAnswer;
import api.dto.FailuresPage;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ledger.FailureFilter;
import ledger.FailureList;
import ledger.FailureList.Position;
import ledger.UnstoredRow;
import model.Acceptance;
import model.ApiFormat;
import model.PageRange;
import model.Redactor;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import scripts.Orchestrator;
import scripts.ScriptSnapshot;

/** The calls that list rows whose document is not in the bucket. */
public final class FailuresApi {
  private static final int DEFAULT_OF_SCRIPT = 100;
  private static final int DEFAULT = 1000;

  /** Rows read at once for a stream. */
  private static final int BATCH = 1000;

  private static final Pattern AFTER = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})");

  private final Orchestrator orchestrator;
  private final FailureList list;
  private final FailureSelection selection;
  private final InstantSource clock;

  public FailuresApi(Orchestrator orchestrator, FailureList list, InstantSource clock) {
    this.orchestrator = orchestrator;
    this.list = list;
    this.selection = new FailureSelection(orchestrator);
    this.clock = clock;
  }

  /** {@code GET /api/scripts/{id}/failures}. */
  public FailuresAnswer ofScript(@Header("id") String id, Exchange exchange) {
    ScriptSnapshot snapshot = StatusApi.script(orchestrator, id);
    int most = ApiCall.of(exchange).lines("limit", DEFAULT_OF_SCRIPT);
    List<Failure> failures =
        snapshot
            .script()
            .pages()
            .map(pages -> new PageRange(pages.first(), snapshot.lastPage()))
            .map(pages -> list.rows(new FailureFilter(null, pages, null), Position.START, most))
            .orElse(List.of())
            .stream()
            .map(row -> failure(row, null))
            .toList();
    return new FailuresAnswer(snapshot.script().id(), failures, ApiFormat.time(clock.instant()));
  }

  /**
   * {@code GET /api/failures}: a {@link FailuresPage}, or a {@link RowStream} if one is asked for.
   */
  public Object all(Exchange exchange) {
    ApiCall call = ApiCall.of(exchange);
    int limit = call.lines("limit", DEFAULT);
    Position after = after(call.query("after"));
    FailureFilter filter = filter(call);
    ScriptOfPage scripts = new ScriptOfPage(orchestrator.snapshots());
    Optional<FailureFormat> format = FailureFormat.of(call);
    if (format.isPresent()) {
      return new RowStream(
          format.get().contentType(), new Batches(filter, after, scripts, format.get()));
    }
    List<UnstoredRow> rows = none(filter) ? List.of() : list.rows(filter, after, limit + 1);
    Map<String, Long> reasons = none(filter) ? Map.of() : list.reasons(filter);
    boolean isLast = rows.size() <= limit;
    List<UnstoredRow> shown = isLast ? rows : rows.subList(0, limit);
    return new FailuresPage(
        shown.stream().map(row -> failure(row, scripts.of(row.page()))).toList(),
        reasons,
        reasons.values().stream().mapToLong(Long::longValue).sum(),
        isLast ? null : words(shown.get(limit - 1)),
        ApiFormat.time(clock.instant()));
  }

  /** A parameter without a value counts as missing. */
  private FailureFilter filter(ApiCall call) {
    String script = call.query("script");
    if (script != null && !script.matches("\\d{1,9}")) {
      throw new ApiException(400, "script must be a whole number");
    }
    return selection.of(
        call.query("reason"), script == null ? null : Integer.valueOf(script), null);
  }

  private static boolean none(FailureFilter filter) {
    return filter.equals(FailureFilter.NONE);
  }

  private static Position after(@Nullable String text) {
    if (text == null) {
      return Position.START;
    }
    Matcher after = AFTER.matcher(text);
    if (!after.matches()) {
      throw new ApiException(400, "after must be the field next of an earlier answer");
    }
    return new Position(Integer.parseInt(after.group(1)), Integer.parseInt(after.group(2)));
  }

  private static String words(UnstoredRow row) {
    return row.page() + "." + row.row();
  }

  private static Failure failure(UnstoredRow row, @Nullable Integer script) {
    Acceptance accepted = row.acceptance();
    return new Failure(
        script,
        Redactor.redact(row.id()),
        row.page(),
        row.row(),
        redacted(row.url()),
        redacted(row.title()),
        row.state().word(),
        row.reason(),
        row.attempts(),
        row.lastAttempt() == null ? null : row.lastAttempt().toString(),
        accepted == null ? null : accepted.at().toString(),
        accepted == null ? null : accepted.note());
  }

  private static @Nullable String redacted(@Nullable String text) {
    return text == null ? null : Redactor.redact(text);
  }

  /** The lines of a stream, one batch at a time. */
  private final class Batches implements Iterator<String> {
    private final FailureFilter filter;
    private final ScriptOfPage scripts;
    private Position after;
    private final FailureFormat format;
    private @Nullable String next;

    Batches(FailureFilter filter, Position after, ScriptOfPage scripts, FailureFormat format) {
      this.format = format;
      this.next = format.header();
      this.filter = filter;
      this.after = after;
      this.scripts = scripts;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public String next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      String lines = next;
      next = more();
      return lines;
    }

    private @Nullable String more() {
      List<UnstoredRow> rows = none(filter) ? List.of() : list.rows(filter, after, BATCH);
      if (rows.isEmpty()) {
        return null;
      }
      UnstoredRow last = rows.get(rows.size() - 1);
      after = new Position(last.page(), last.row());
      return rows.stream()
          .map(row -> format.line().apply(failure(row, scripts.of(row.page()))))
          .collect(Collectors.joining());
    }
  }
}
