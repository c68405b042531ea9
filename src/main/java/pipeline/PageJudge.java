package pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.DocumentRecord;
import model.DocumentState;
import model.FailureReason;
import model.web.WebAddress;
import portal.Row;
import scripts.WaitingReason;
import store.ManifestRow;

/**
 * Judges a page by its rows: if none of its documents was stored, it is not closed, because usually
 * the portal, the store or the configuration is to blame. A pure function.
 */
final class PageJudge {
  /** A page with fewer rows than this says nothing about the portal. */
  private static final int FEWEST = 3;

  private static final int MOST_HOSTS = 5;

  private PageJudge() {}

  /**
   * @param rows the rows of the page
   * @param known the ledger's records of their documents, by id
   * @param lacking hosts that redirects lead to, and that are not allowed, by document
   * @param refusal why the store refused a document last, in its own words; empty if unknown
   * @return why the page must stay open; empty if it may be closed
   */
  static Optional<NothingCameException> judge(
      int page,
      List<Row> rows,
      Map<String, DocumentRecord> known,
      Map<String, String> lacking,
      String refusal) {
    List<Row> due =
        rows.stream()
            .filter(row -> !isRejected(row, FailureReason.WITHHELD) && !isAccepted(row, known))
            .filter(row -> !isSettledByTheSource(row, known))
            .toList();
    if (due.size() < FEWEST
        || known.values().stream().anyMatch(one -> one.state() == DocumentState.STORED)) {
      return Optional.empty();
    }
    List<Map.Entry<String, Long>> reasons =
        due.stream()
            .map(row -> reason(row, known))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    boolean store = reasons.get(0).getKey().equals(FailureReason.STORE.word());
    String words =
        "page %d: none of its %d documents could be had: %s%s%s"
            .formatted(
                page,
                due.size(),
                reasons.stream()
                    .map(reason -> reason.getValue() + " " + reason.getKey())
                    .collect(Collectors.joining(", ")),
                hosts(due, known, lacking),
                store && !refusal.isEmpty() ? "; " + refusal : "");
    return Optional.of(
        new NothingCameException(store ? WaitingReason.STORE : WaitingReason.PORTAL, words));
  }

  private static boolean isRejected(Row row, FailureReason reason) {
    return Optional.ofNullable(row.rejection()).filter(reason::equals).isPresent();
  }

  /** A source that says that it lacks a document, or holds it broken, is not in trouble. */
  private static boolean isSettledByTheSource(Row row, Map<String, DocumentRecord> known) {
    return row.isOfFinalSource()
        && FailureReason.of(reason(row, known)).filter(ManifestRow::isLasting).isPresent();
  }

  /** A failure that a person has accepted says nothing about the portal. */
  private static boolean isAccepted(Row row, Map<String, DocumentRecord> known) {
    return Optional.ofNullable(known.get(row.id())).map(DocumentRecord::acceptance).isPresent();
  }

  private static String reason(Row row, Map<String, DocumentRecord> known) {
    FailureReason rejection = row.rejection();
    if (rejection != null) {
      return rejection.word();
    }
    return Optional.ofNullable(known.get(row.id()))
        .map(DocumentRecord::reason)
        .orElse(FailureReason.STORE.word());
  }

  /**
   * The hosts that documents of the page lie on or lead to, and that are not allowed.
   *
   * @param known the ledger's records at least of those documents that {@code lacking} names
   */
  static Set<String> foreignHosts(
      List<Row> rows, Map<String, DocumentRecord> known, Map<String, String> lacking) {
    return rows.stream()
        .filter(row -> reason(row, known).equals(FailureReason.FOREIGN_HOST.word()))
        .flatMap(row -> host(row, lacking).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String hosts(
      List<Row> rows, Map<String, DocumentRecord> known, Map<String, String> lacking) {
    Set<String> hosts = foreignHosts(rows, known, lacking);
    if (hosts.isEmpty()) {
      return "";
    }
    Stream<String> more =
        hosts.size() > MOST_HOSTS
            ? Stream.of((hosts.size() - MOST_HOSTS) + " more")
            : Stream.empty();
    return Stream.concat(hosts.stream().limit(MOST_HOSTS), more)
        .collect(Collectors.joining(", ", "; portal.allowed-hosts lacks ", ""));
  }

  /** The host of its redirect, or its own. */
  private static Optional<String> host(Row row, Map<String, String> lacking) {
    return row.rejection() == null
        ? Optional.ofNullable(lacking.get(row.id()))
        : Optional.ofNullable(row.url()).flatMap(WebAddress::read).map(WebAddress::host);
  }
}
