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
import java.util.Optional;
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

/** Tests the portal: the first page and the last, a document, and how they fit the plan. */
final class PortalCheck {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

  private final PortalTypes types;
  private final ConfigurationLoader loader;
  private final Configuration configuration;
  private final CheckReport report;
  private final InstantSource clock = InstantSource.system();

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
    try (PortalDoor door = new PortalDoor(configuration.portal(), LONGEST, clock)) {
      try {
        Optional<String> closed = door.held(); // by portal.hours: no request has been sent yet
        if (closed.isPresent()) {
          report.problem("portal", closed.get());
          return;
        }
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
    ListingCheck listing = new ListingCheck(configuration, report);
    Listing first;
    try {
      first = session.list(1);
      robots();
      listing.rows(first.rows().size(), first.total());
    } catch (TooFewRowsException e) {
      if (e.rows() == 0) {
        throw e;
      }
      robots();
      listing.rows(e.rows(), e.total());
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
    if (!configuration.isSurveyed()) { // otherwise the survey has found them
      otherPages(session, first, derived.harvest().distribution());
    }
    if (types.needsUrl(configuration)) { // a store sets no limits to estimate the time from
      new TimeCheck(report, clock).estimate(first.total(), requests, derived);
    }
  }

  private Dialect.Session session(PortalDoor door, Configuration with, Workplace place) {
    return door.open(types.dialect(with, door.ticker(), clock, place));
  }

  private void robots() {
    if (!types.needsUrl(configuration)) {
      return; // there is no portal that could have one
    }
    if (configuration.portal().politeness().obeyRobots()) {
      report.ok("robots", "robots.txt allows the listing");
    } else {
      report.warn(
          "robots", "robots.txt is not read: portal.robots=ignore needs the portal's agreement");
    }
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
    boolean counts = !configuration.isSurveyed(); // otherwise each page is as planned
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
