package audit;

import audit.Finding.Kind;
import java.sql.SQLException;

/** Sums up what an audit has found. */
final class ReportWriter {
  private final AuditTables tables;
  private final CoveredPages covered;
  private final Findings findings;

  /**
   * @param tables all data that was read, indexed
   */
  ReportWriter(AuditTables tables, CoveredPages covered, Findings findings) {
    this.tables = tables;
    this.covered = covered;
    this.findings = findings;
  }

  AuditReport report(Comparison comparison, HashCheck hashes) throws SQLException {
    return new AuditReport(
        covered.size(),
        sum("rows"),
        comparison.stored(),
        sum("rejected"),
        sum("gone"),
        comparison.defects(),
        new GapSearch(tables, covered)
            .gaps(findings.count(Kind.MISSING), comparison.rowsWithoutManifest()),
        hashes.compared(),
        hashes.unknown(),
        hashes.resumed(),
        findings.counts(),
        findings.examples(),
        new DriftSearch(tables, covered.pages(), covered.listed().total()).drift(),
        covered.isWhole());
  }

  private long sum(String column) throws SQLException {
    return tables.number(
        "SELECT sum(" + column + ") FROM pages WHERE page BETWEEN ? AND ?",
        covered.first(),
        covered.last());
  }
}
