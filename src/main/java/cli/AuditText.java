package cli;

import audit.AuditReport;
import audit.Drift;
import audit.Finding;
import audit.HashOptions;
import audit.Resumed;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report of an audit as text. */
public final class AuditText {
  private static final int EXAMPLES_SHOWN = 10;
  private static final int RANGES_SHOWN = 10;

  private final StringBuilder text = new StringBuilder();

  private AuditText() {}

  /** The text; its first line says whether the bucket is clean, and what is missing. */
  public static String of(AuditReport report, HashOptions hashes) {
    AuditText text = new AuditText();
    text.verdict(report);
    report
        .findings()
        .forEach(
            (kind, count) -> {
              if (count > 0) {
                text.line("%,12d  %s", count, kind.word());
              }
            });
    report.examples(EXAMPLES_SHOWN).forEach(text::example);
    if (hashes.any()) {
      text.hashes(report, hashes.source());
    }
    text.defects(report.defects());
    text.drift(report.drift());
    text.limits(report);
    return text.text.toString();
  }

  private void verdict(AuditReport report) {
    long gaps = report.gaps().values().stream().mapToLong(Long::longValue).sum();
    text.append(report.isClean() ? "CLEAN" : "NOT CLEAN");
    text.append(
        String.format(
            Locale.ROOT,
            ": %,d pages, %,d rows, %,d stored, %,d not to be had",
            report.pages(),
            report.rows(),
            report.stored(),
            gaps));
    if (gaps > 0) {
      text.append(
          report.gaps().entrySet().stream()
              .map(gap -> String.format(Locale.ROOT, "%,d %s", gap.getValue(), gap.getKey()))
              .collect(Collectors.joining(", ", " (", ")")));
    }
  }

  private void line(String format, Object... values) {
    text.append(System.lineSeparator()).append(String.format(Locale.ROOT, format, values));
  }

  private void example(Finding example) {
    line("  %s", example.finding().word());
    if (example.page() != null) {
      text.append(" page ").append(example.page());
    }
    if (example.row() != null) {
      text.append(" row ").append(example.row());
    }
    if (example.key() != null) {
      text.append(' ').append(example.key());
    }
    if (example.detail() != null) {
      text.append(": ").append(example.detail());
    }
  }

  private void hashes(AuditReport report, HashOptions.Source source) {
    line(
        source == HashOptions.Source.BYTES
            ? "objects read again, and their SHA-256 compared: %,d"
            : "objects whose SHA-256 in the store was compared: %,d",
        report.hashesChecked());
    Resumed resumed = report.resumed();
    if (resumed != null) {
      line(
          "of these, compared before an interruption, and not written since: %,d; it began at %s",
          resumed.hashesChecked(), resumed.since());
    }
    if (report.hashesUnknown() > 0) {
      line(
          "objects of which the store keeps no SHA-256 of its own: %,d; --deep reads them",
          report.hashesUnknown());
    }
  }

  /** What this audit cannot prove. */
  private void limits(AuditReport report) {
    if (report.drift().total() == null) {
      line(
          "no manifest names the portal's total, so this is a weaker proof: that the list has no more"
              + " pages is the word of the configuration (portal.total-selector names the total)");
    } else if (!report.isWhole()) {
      line(
          "these are the pages of one instance; only --all compares the rows with the portal's total of %,d",
          report.drift().total());
    }
  }

  private void defects(long defects) {
    if (defects > 0) {
      line("documents stored with a defect, as the portal serves them: %,d", defects);
    }
  }

  private void drift(Drift drift) {
    Long total = drift.total();
    if (total != null && drift.changedPages() > 0) {
      List<String> shown = drift.pages().stream().limit(RANGES_SHOWN).toList();
      line(
          "%,d %s read when the portal listed a different number of documents (now %,d): %s%s; a sweep lists them again",
          drift.changedPages(),
          drift.changedPages() == 1 ? "page was" : "pages were",
          total,
          String.join(", ", shown),
          shown.size() < drift.pages().size() ? " and more" : "");
    }
    if (drift.listedTwice() > 0) {
      line("documents listed on more than one page: %,d", drift.listedTwice());
    }
  }
}
