package api;

import api.dto.DocumentData;
import api.dto.DocumentsAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import ledger.DocumentRecord;
import ledger.DocumentTry;
import model.ApiFormat;
import model.Redactor;
import model.web.WebAddress;
import monitor.DocumentFinder;
import monitor.DocumentRow;
import monitor.UnreadRowsException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import scripts.Orchestrator;

/** {@code GET /api/documents}: what all instances know of one document. */
public final class DocumentsApi {
  /** Names that a document is asked for by; a call has exactly one. */
  private static final List<String> NAMES = List.of("id", "cnr", "url");

  private static final Comparator<DocumentData> ORDER =
      Comparator.comparing(DocumentData::instanceId)
          .thenComparing(DocumentData::page)
          .thenComparing(DocumentData::id);

  private final int own;
  private final Orchestrator orchestrator;
  private final DocumentFinder finder;
  private final Fleet fleet;
  private final InstantSource clock;

  /**
   * @param own number of this instance
   */
  public DocumentsApi(
      int own, Orchestrator orchestrator, DocumentFinder finder, Fleet fleet, InstantSource clock) {
    this.own = own;
    this.orchestrator = orchestrator;
    this.finder = finder;
    this.fleet = fleet;
    this.clock = clock;
  }

  /** {@code GET /api/documents}. */
  public DocumentsAnswer find(Exchange exchange) {
    ApiCall call = ApiCall.of(exchange);
    String name = name(call);
    String text = String.valueOf(call.query(name)).strip();
    Optional<WebAddress> address =
        name.equals("url") ? Optional.of(address(text)) : Optional.empty();
    String query = name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    CompletableFuture<List<DocumentData>> others =
        asksFleet(call)
            ? fleet.documents("/api/documents?fleet=false&" + query)
            : CompletableFuture.completedFuture(List.of());
    List<DocumentData> found = new ArrayList<>();
    boolean isUnread = false;
    try {
      found.addAll(own(name, text, address));
    } catch (UnreadRowsException e) {
      isUnread = true;
    }
    others.join().stream()
        .filter(one -> one.instanceId() != own) // a list of peers may name this one, too
        .forEach(found::add);
    if (isUnread && found.isEmpty()) {
      throw new ApiException(
          503, "the store does not answer, and the page that lists this document is there");
    }
    found.sort(ORDER);
    return new DocumentsAnswer(found, ApiFormat.time(clock.instant()));
  }

  private static String name(ApiCall call) {
    List<String> names = NAMES.stream().filter(name -> call.query(name) != null).toList();
    if (names.size() != 1) {
      throw new ApiException(
          400, "exactly one of id, cnr and url must say which document, and not be empty");
    }
    return names.get(0);
  }

  private static boolean asksFleet(ApiCall call) {
    String fleet = call.query("fleet");
    if (fleet == null || fleet.equals("true")) {
      return true;
    }
    if (fleet.equals("false")) {
      return false;
    }
    throw new ApiException(400, "fleet must be true or false");
  }

  private List<DocumentData> own(String name, String text, Optional<WebAddress> address) {
    ScriptOfPage scripts = new ScriptOfPage(orchestrator.snapshots());
    List<DocumentFinder.Found> found =
        address
            .map(finder::byAddress)
            .orElseGet(() -> name.equals("cnr") ? finder.byCnr(text) : finder.byId(text));
    return found.stream().map(one -> data(one, scripts)).toList();
  }

  private static WebAddress address(String text) {
    return WebAddress.read(text)
        .orElseThrow(() -> new ApiException(400, "url must be an http or https address"));
  }

  private DocumentData data(DocumentFinder.Found found, ScriptOfPage scripts) {
    DocumentRow row = found.row();
    DocumentRecord stored = found.stored();
    return new DocumentData(
        own,
        scripts.of(row.page()),
        row.page(),
        row.row(),
        Redactor.redact(row.id()),
        row.cnr(),
        redacted(row.url()),
        redacted(row.title()),
        found.state().word(),
        found.reason(),
        redacted(found.key()),
        stored == null ? null : stored.size(),
        stored == null ? null : stored.sha256(),
        stored == null ? null : ApiFormat.time(stored.updatedAt()),
        found.tries().stream().map(DocumentsApi::data).toList());
  }

  private static DocumentData.Try data(DocumentTry one) {
    return new DocumentData.Try(
        ApiFormat.time(one.at()),
        one.reason(),
        one.httpStatus().isPresent() ? one.httpStatus().getAsInt() : null);
  }

  private static @Nullable String redacted(@Nullable String text) {
    return text == null ? null : Redactor.redact(text);
  }
}
