package app;

import config.ConfigKey;
import config.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import model.Distribution;

/** Compares the first page, and the total that it names, with what is configured. */
final class ListingCheck {
  private final Configuration configuration;
  private final CheckReport report;

  ListingCheck(Configuration configuration, CheckReport report) {
    this.configuration = configuration;
    this.report = report;
  }

  /**
   * @param rows of the first page
   * @param total that it names; empty if it names none
   */
  void rows(int rows, OptionalLong total) {
    Distribution plan = configuration.harvest().distribution();
    if (configuration.isSurveyed()) { // nothing is configured that could be compared
      report.lists(plan.totalResults(), rows);
      report.ok(
          "total",
          String.format(
              Locale.ROOT,
              "the source lists %,d documents on %,d pages",
              plan.totalResults(),
              plan.pages()));
      return;
    }
    long documents = total.orElse(plan.totalResults());
    boolean isAll = total.isPresent() && documents <= rows;
    int pageSize = isAll ? Math.max(rows, plan.pageSize()) : rows;
    report.lists(total.isPresent() ? documents : null, rows);
    if (total.isEmpty()) {
      report.warn(
          "total",
          "the portal names no total, so the proof is weaker: it rests on harvest.total-results."
              + " With portal.type=links, portal.total-selector finds a total");
    }
    if (pageSize != plan.pageSize()) {
      report.problem(
          "page size",
          rows < plan.pageSize()
              ? "page 1 lists %d rows, at least %d expected: set harvest.page-size=%d"
                  .formatted(rows, Math.min(plan.pageSize(), documents), pageSize)
              : "page 1 lists %d rows, configured are %d: set harvest.page-size=%d"
                  .formatted(rows, plan.pageSize(), pageSize),
          Map.of("harvest.page-size", (long) pageSize));
    }
    if (total.isPresent()) {
      total(documents, pageSize, plan);
    } else {
      report.ok("first page", "page 1 lists %,d rows".formatted(rows));
    }
  }

  private void total(long documents, int pageSize, Distribution plan) {
    long pages = Distribution.pagesOf(documents, pageSize);
    long configured = configuration.values().number(ConfigKey.TOTAL_RESULTS, 1, Long.MAX_VALUE);
    if (configuration.givesPages() ? pages == plan.pages() : documents == configured) {
      report.ok(
          "total",
          String.format(
              Locale.ROOT,
              "the portal lists %,d documents in pages of %,d, as configured",
              documents,
              pageSize));
      return;
    }
    Map<String, Long> values = new LinkedHashMap<>();
    if (documents != configured) {
      values.put(ConfigKey.TOTAL_RESULTS.key(), documents);
    }
    if (configuration.givesPages()) {
      values.put(ConfigKey.PAGES.key(), pages);
    }
    List<String> keys = new ArrayList<>(values.keySet());
    if (pageSize != plan.pageSize()) {
      keys.add(ConfigKey.PAGE_SIZE.key());
    }
    report.problem(
        "total",
        String.format(
            Locale.ROOT,
            "the portal lists %,d documents in pages of %,d; configured are %,d in pages of %,d%s:"
                + " set %s",
            documents,
            pageSize,
            configured,
            plan.pageSize(),
            configuration.givesPages()
                ? String.format(Locale.ROOT, " on %,d pages", plan.pages())
                : "",
            String.join(" and ", keys)),
        values);
  }
}
