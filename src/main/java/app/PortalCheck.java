package app;

import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import model.Distribution;
import model.FailureClassifier;
import portal.CaptchaException;
import portal.Dialect;
import portal.Listing;
import portal.Row;
import portal.TooFewRowsException;
import portal.Workplace;

/** Tries the portal: the first page and the last, a document, and what the plan makes of them. */
final class PortalCheck {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);
  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final int SECONDS_OF_AN_HOUR = 3_600;

  private final PortalTypes types;
  private final ConfigurationLoader loader;
  private final Configuration configuration;
  private final CheckReport report;

  PortalCheck(
      PortalTypes types,
      ConfigurationLoader loader,
      Configuration configuration,
      CheckReport report) {
    this.types = types;
    this.loader = loader;
    this.configuration = configuration;
    this.report = report;
  }

  void run() throws Exception {
    Path folder = Files.createTempDirectory("judgment-harvester");
    try (PortalDoor door = new PortalDoor(configuration.portal(), LONGEST)) {
      try {
        ask(door, door.place(configuration, folder));
      } catch (CaptchaException e) {
        report.warn(
            "captcha",
            "the portal asks for a captcha, so nothing more is known of it: a person has to answer"
                + " during the harvest, on the dashboard or with the command captcha");
      } catch (CancellationException e) {
        report.problem(
            "portal",
            "the portal has not answered within %d s%s"
                .formatted(LONGEST.toSeconds(), door.held().map(words -> ": " + words).orElse("")));
      } catch (UsageException e) {
        report.problem("plan", String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        report.problem("portal", FailureClassifier.classify(e).words());
      }
      clock(door);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private void ask(PortalDoor door, Workplace place) {
    Dialect.Session session = session(door, configuration, place);
    Listing first;
    try {
      first = session.list(1);
      robots();
      rows(first.rows().size(), first.total());
    } catch (TooFewRowsException e) {
      if (e.rows() == 0) {
        throw e;
      }
      robots();
      rows(e.rows(), e.total());
    }
    Configuration derived = derived();
    session = session(door, derived, place);
    first = session.list(1);
    DocumentCheck documents =
        new DocumentCheck(configuration.portal().allowedHosts(), door.ticker(), report);
    documents.hosts(first.rows());
    int before = door.sent();
    documents.fetchOne(session, first.rows());
    int requests = Math.max(1, door.sent() - before);
    if (!configuration.isSurveyed()) { // else they are what the survey has found
      otherPages(session, first, derived.harvest().distribution());
    }
    time(first.total(), requests, derived);
  }

  private Dialect.Session session(PortalDoor door, Configuration with, Workplace place) {
    return door.open(types.dialect(with, door.ticker(), InstantSource.system(), place));
  }

  private void robots() {
    if (configuration.portal().politeness().obeyRobots()) {
      report.ok("robots", "robots.txt allows the listing");
    } else {
      report.warn(
          "robots", "robots.txt is not read: portal.robots=ignore needs the portal's agreement");
    }
  }

  /** Compares the first page, and the total that it names, with the plan. */
  private void rows(int rows, OptionalLong total) {
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
    boolean isAnotherTotal = documents != plan.totalResults();
    if (configuration.givesPages() ? pages == plan.pages() : !isAnotherTotal) {
      report.ok(
          "total",
          String.format(
              Locale.ROOT,
              "the portal lists %,d documents in pages of %,d, as configured",
              documents,
              pageSize));
      return;
    }
    report.problem(
        "total",
        String.format(
            Locale.ROOT,
            "the portal lists %,d documents in pages of %,d; configured are %,d in pages of %,d:"
                + " set harvest.total-results%s%s",
            documents,
            pageSize,
            plan.totalResults(),
            plan.pageSize(),
            configuration.givesPages() ? " and harvest.pages" : "",
            pageSize == plan.pageSize() ? "" : " and harvest.page-size"),
        configuration.givesPages()
            ? Map.of("harvest.pages", pages, "harvest.total-results", documents)
            : Map.of("harvest.total-results", documents));
  }

  /** The configuration as it should be. */
  private Configuration derived() {
    return report.derived().isEmpty()
        ? configuration
        : loader.withOverrides(new HashMap<>(report.derived())).loadToRun();
  }

  private void otherPages(Dialect.Session session, Listing first, Distribution plan) {
    int last =
        first.total().isPresent()
            ? (int)
                Math.min(
                    Integer.MAX_VALUE,
                    Distribution.pagesOf(first.total().getAsLong(), plan.pageSize()))
            : plan.pages();
    boolean counts = !configuration.isSurveyed(); // else each page is what it was planned to be
    if (counts && last > 1 && names(session.list(2)).equals(names(first))) {
      report.problem(
          "pages",
          "page 2 names the same documents as page 1: in portal.url, {page} counts pages from 1,"
              + " {page0} from 0, {offset} counts rows");
      return;
    }
    if (last > 2) {
      lastPage(session, first, last);
    }
  }

  private void lastPage(Dialect.Session session, Listing first, int last) {
    String name = String.format(Locale.ROOT, "page %,d, the last by the plan", last);
    try {
      Listing page = session.list(last);
      if (names(page).equals(names(first))) {
        report.problem("last page", name + ", names the same documents as page 1");
      } else {
        report.ok("last page", "%s, lists %,d rows".formatted(name, page.rows().size()));
      }
    } catch (CaptchaException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      report.problem(
          "last page",
          "%s: %s: are harvest.total-results and harvest.page-size the portal's?"
              .formatted(name, FailureClassifier.classify(e).words()));
    }
  }

  private static Set<String> names(Listing listing) {
    return listing.rows().stream().map(Row::id).collect(Collectors.toSet());
  }

  private void time(OptionalLong total, int requests, Configuration with) {
    Distribution plan = with.harvest().distribution();
    double rate = with.portal().politeness().rate();
    if (rate == 0) {
      report.warn("time", "portal.rate is 0: requests have no limit, which few portals agree to");
      return;
    }
    double all = (double) total.orElse(plan.totalResults()) * requests + plan.pages();
    long seconds = (long) Math.ceil(all / rate / plan.instances());
    report.takes(seconds);
    report.ok(
        "time",
        "the harvest takes %s at portal.rate=%s%s"
            .formatted(
                words(seconds),
                rate == Math.rint(rate) ? String.valueOf((long) rate) : String.valueOf(rate),
                plan.instances() == 1
                    ? ""
                    : " on each of %d instances".formatted(plan.instances())));
  }

  private static String words(long seconds) {
    if (seconds >= 2 * SECONDS_OF_A_DAY) {
      return "about %d days".formatted(Math.round((double) seconds / SECONDS_OF_A_DAY));
    }
    return seconds >= 2 * SECONDS_OF_AN_HOUR
        ? "about %d hours".formatted(Math.round((double) seconds / SECONDS_OF_AN_HOUR))
        : "about %d min".formatted(Math.max(1, Math.round(seconds / 60.0)));
  }

  private void clock(PortalDoor door) {
    door.ahead()
        .filter(ahead -> ahead.abs().compareTo(MOST_AHEAD) > 0)
        .ifPresent(
            ahead ->
                report.warn(
                    "clock",
                    "this machine's clock is %d min %s the portal's; S3 refuses requests from 15 min on"
                        .formatted(
                            ahead.abs().toMinutes(), ahead.isNegative() ? "behind" : "ahead of")));
  }
}
