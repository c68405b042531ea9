package app;

import cli.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import model.FailureClassifier;
import model.FailureReason;
import model.Ticker;
import model.web.WebAddress;
import portal.CaptchaException;
import portal.Dialect;
import portal.Download;
import portal.Row;
import portal.UnendedException;

/** Tests the documents that the first page lists. */
final class DocumentCheck {
  private static final int MOST_DOCUMENTS = 3;

  private final Collection<String> allowedHosts;
  private final Ticker ticker;
  private final CheckReport report;

  DocumentCheck(Collection<String> allowedHosts, Ticker ticker, CheckReport report) {
    this.allowedHosts = allowedHosts;
    this.ticker = ticker;
    this.report = report;
  }

  /** Reports other hosts that documents are on, and documents that cannot be fetched. */
  void hosts(List<Row> rows) {
    Set<String> foreign =
        rows.stream()
            .filter(row -> row.rejection() == FailureReason.FOREIGN_HOST)
            .flatMap(row -> Optional.ofNullable(row.url()).stream())
            .flatMap(url -> WebAddress.read(url).stream())
            .map(WebAddress::host)
            .collect(Collectors.toCollection(TreeSet::new));
    long elsewhere =
        rows.stream().filter(row -> row.rejection() == FailureReason.FOREIGN_HOST).count();
    long fetchable = rows.stream().filter(Row::isFetchable).count();
    if (!foreign.isEmpty()) {
      report.problem(
          "hosts",
          "%d of %d documents of page 1 are on other hosts and would be rejected: set portal.allowed-hosts=%s"
              .formatted(elsewhere, rows.size(), allowed(foreign)));
    }
    if (fetchable + elsewhere == rows.size()) {
      return;
    }
    if (fetchable == 0) {
      report.problem("hosts", "no document of page 1 can be fetched: " + rejections(rows));
    } else {
      report.warn(
          "rows",
          "%d of %d rows of page 1 cannot be fetched: %s"
              .formatted(
                  rows.size() - fetchable - elsewhere,
                  rows.size(),
                  rejections(
                      rows.stream()
                          .filter(row -> row.rejection() != FailureReason.FOREIGN_HOST)
                          .toList())));
    }
  }

  private String allowed(Set<String> foreign) {
    Set<String> hosts = new TreeSet<>(allowedHosts);
    hosts.addAll(foreign);
    return String.join(",", hosts);
  }

  private static String rejections(List<Row> rows) {
    Map<String, Long> counts =
        rows.stream()
            .flatMap(row -> Optional.ofNullable(row.rejection()).stream())
            .collect(Collectors.groupingBy(FailureReason::word, Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Downloads one and checks it. A missing one proves little, so a few are tried. */
  void fetchOne(Dialect.Session session, List<Row> rows) {
    List<Row> some = rows.stream().filter(Row::isFetchable).limit(MOST_DOCUMENTS).toList();
    String failure = "";
    for (Row row : some) {
      try {
        fetch(session, row);
        return;
      } catch (UnendedException e) {
        report.warn("document", e.getMessage() + "; such a document is tried twice");
        return;
      } catch (CaptchaException | CancellationException e) {
        throw e;
      } catch (RuntimeException e) {
        failure = FailureClassifier.classify(e).words();
      }
    }
    if (!some.isEmpty()) {
      report.problem(
          "document",
          "of page 1, %d %s tried, without success: %s"
              .formatted(
                  some.size(), some.size() == 1 ? "document was" : "documents were", failure));
    }
  }

  private void fetch(Dialect.Session session, Row row) {
    Path file;
    try {
      file = Files.createTempFile("judgment-harvester", ".pdf");
    } catch (IOException e) {
      throw TemporaryFolder.cannotHold("the document", e);
    }
    try {
      long began = ticker.nanos();
      Download download = session.fetch(row, file);
      report.ok(
          "document",
          String.format(
              Locale.ROOT,
              "a document was downloaded and is a whole PDF: %,d bytes in %.1f s",
              download.size(),
              Duration.ofNanos(ticker.nanos() - began).toMillis() / 1000.0));
    } finally {
      file.toFile().delete();
    }
  }
}
