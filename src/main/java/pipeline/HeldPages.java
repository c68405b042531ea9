package pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ledger.DocumentRecord;
import ledger.Ledger;
import model.DocumentState;
import model.FailureReason;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.Row;
import scripts.ScriptReports;

/**
 * Holds pages open if none of their documents could be fetched. The script retries such a page
 * repeatedly, each time with a few other documents, so that many scripts do not overrun a portal in
 * trouble. As soon as one document arrives, the page continues.
 */
public final class HeldPages {
  private static final Logger LOG = LoggerFactory.getLogger(HeldPages.class);
  private static final int FEWEST_TRIED = 3;
  private static final int SHARE_TRIED = 10;
  private static final int MOST_HOSTS_TOLD = 50;

  private final Ledger ledger;
  private final ScriptReports reports;
  private final PipelineListener listener;

  /**
   * What {@link Page#lacking} said at the last retry, by page: a retry covers only some documents.
   */
  private final Map<Integer, Map<String, String>> lacking = new ConcurrentHashMap<>();

  /** Hosts that documents were rejected for, and that have been logged. */
  private final Set<String> foreignHosts = ConcurrentHashMap.newKeySet();

  public HeldPages(Ledger ledger, ScriptReports reports, PipelineListener listener) {
    this.ledger = ledger;
    this.reports = reports;
    this.listener = listener;
  }

  /** Selects the documents to try, if the page is held. */
  public void look(@Body Page page) {
    OptionalInt looks = reports.looks(page.script(), page.number());
    if (looks.isEmpty()) {
      return;
    }
    Map<String, DocumentRecord> known = known(page);
    if (verdict(page, known).isPresent()) {
      List<String> tried =
          page.documents().rows().stream().map(Row::id).filter(known::containsKey).toList();
      Set<String> sample =
          sample(tried, ledger.pages().isAccepted(page.number()), looks.getAsInt());
      lacking.getOrDefault(page.number(), Map.of()).forEach(page::lacks);
      page.documents().look(row -> sample.contains(row.id()) || !known.containsKey(row.id()));
    }
  }

  private static Set<String> sample(List<String> tried, boolean accepted, int looks) {
    int size = Math.min(Math.max(FEWEST_TRIED, tried.size() / SHARE_TRIED), tried.size());
    return IntStream.range(0, accepted ? 0 : size)
        .mapToObj(i -> tried.get((int) (((long) looks * size + i) % tried.size())))
        .collect(Collectors.toSet());
  }

  /**
   * Lets the page be closed only if a document of it was stored, or if a person has accepted it.
   *
   * @throws NothingCameException if it must stay open
   */
  public void require(@Body Page page) {
    if (!hasCome(page)) { // otherwise its documents need not be looked up
      requireAcceptance(page);
    }
    Map<String, DocumentRecord> redirected = ledger.documents().find(page.lacking().keySet());
    tellForeignHosts(PageJudge.foreignHosts(page.rows(), redirected, page.lacking()));
    lacking.remove(page.number());
    if (!page.isRetry()) {
      tellRejected(page.rows());
    }
  }

  /** Whether a document of the page is stored, as it is with almost every page. */
  private boolean hasCome(Page page) {
    return page.rows().stream()
        .anyMatch(row -> row.isFetchable() && ledger.documents().isStored(row.id()));
  }

  private void requireAcceptance(Page page) {
    Map<String, DocumentRecord> known = known(page);
    Optional<NothingCameException> nothing = verdict(page, known);
    if (nothing.isPresent()) {
      if (!ledger.pages().isAccepted(page.number())) {
        ledger.retries().tryAgain(known.keySet());
        lacking.put(page.number(), page.lacking());
        throw nothing.get();
      }
      LOG.info("is closed as it is, because a person has accepted that");
      giveUp(known);
    }
  }

  private Map<String, DocumentRecord> known(Page page) {
    return ledger
        .documents()
        .find(page.rows().stream().filter(Row::isFetchable).map(Row::id).toList());
  }

  private static Optional<NothingCameException> verdict(
      Page page, Map<String, DocumentRecord> known) {
    return PageJudge.judge(page.number(), page.rows(), known, page.lacking(), page.refusal());
  }

  private void giveUp(Map<String, DocumentRecord> known) {
    Map<String, DocumentState> states = new HashMap<>();
    known.forEach(
        (id, record) ->
            states.put(id, isRejection(record) ? DocumentState.REJECTED : DocumentState.FAILED));
    ledger.retries().giveUp(states);
  }

  private static boolean isRejection(DocumentRecord record) {
    return Optional.ofNullable(record.reason())
        .flatMap(FailureReason::of)
        .filter(FailureReason::isRejection)
        .isPresent();
  }

  /** Each host once, so that a portal that links to many others does not fill the log. */
  private void tellForeignHosts(Set<String> hosts) {
    hosts.stream()
        .filter(host -> foreignHosts.size() < MOST_HOSTS_TOLD && foreignHosts.add(host))
        .forEach(
            host ->
                LOG.warn(
                    "rejects documents on {}, which portal.allowed-hosts lacks; add it to fetch them",
                    host));
  }

  private void tellRejected(List<Row> rows) {
    rows.stream()
        .map(Row::rejection)
        .filter(Objects::nonNull)
        .forEach(reason -> listener.notStored(DocumentState.REJECTED, reason));
  }
}
