package config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.Assignment;
import model.Assignment.Share;
import model.Distribution;

/** Reads and checks the {@code harvest.*} keys. */
final class HarvestSection {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:\\s*-\\s*(\\d{1,6}))?");

  /** More are taken for a typo, because every script is a separate route. */
  private static final int MOST = 100_000;

  private static final long LARGEST_SPOOL = 1L << 50;

  private final Values values;
  private final Path folder;

  /**
   * @param folder the base of a relative {@code harvest.data-dir}
   */
  HarvestSection(Values values, Path folder) {
    this.values = values;
    this.folder = folder;
  }

  HarvestSettings read() {
    Distribution distribution = distribution();
    int instances = distribution.instances();
    return new HarvestSettings(
        instanceId(instances),
        distribution,
        new StartSettings(
            autostart(),
            values.duration(ConfigKey.START_DELAY, Duration.ZERO, Duration.ofHours(1)),
            values.bool(ConfigKey.RESUME)),
        values.duration(ConfigKey.AUDIT_INTERVAL, Duration.ZERO, Duration.ofDays(365)),
        dataDir(),
        new DataSettings(
            values.size(ConfigKey.SPOOL_MAX_BYTES, LARGEST_SPOOL),
            values.duration(ConfigKey.BACKUP_INTERVAL, Duration.ZERO, Duration.ofHours(24 * 365)),
            values.integer(ConfigKey.BACKUP_KEEP, 1, MOST)));
  }

  private Distribution distribution() {
    long results = values.number(ConfigKey.TOTAL_RESULTS, 1, Long.MAX_VALUE);
    int pages =
        values.text(ConfigKey.PAGES).isPresent()
            ? values.integer(ConfigKey.PAGES, 1, Integer.MAX_VALUE)
            : derivedPages(results, pageSize(values));
    return distribution(values, results, pages, Collections.emptySortedMap());
  }

  /** The distribution of what the source holds. */
  static Distribution distribution(Values values, Survey survey) {
    return distribution(values, survey.totalResults(), survey.pages(), survey.starts());
  }

  private static Distribution distribution(
      Values values, long results, int pages, SortedMap<Integer, Long> starts) {
    int instances = values.integer(ConfigKey.INSTANCES, 1, MOST);
    int scripts = values.integer(ConfigKey.SCRIPTS, 1, MOST);
    if (values.text(ConfigKey.ASSIGNMENT).isEmpty()) {
      Assignment evenly = Assignment.evenly(scripts, instances);
      return Distribution.of(instances, scripts, results, pageSize(values), pages, evenly)
          .beginningAt(starts);
    }
    Assignment given = assignment(values, instances);
    try {
      return Distribution.of(instances, scripts, results, pageSize(values), pages, given)
          .beginningAt(starts);
    } catch (IllegalArgumentException wrong) {
      throw values.mistake(
          ConfigKey.ASSIGNMENT, wrong.getMessage() + "; expected every script once");
    }
  }

  private static int pageSize(Values values) {
    return values.integer(ConfigKey.PAGE_SIZE, 1, Integer.MAX_VALUE);
  }

  private int derivedPages(long results, int pageSize) {
    try {
      return Distribution.pagesFor(results, pageSize);
    } catch (ArithmeticException tooMany) {
      throw values.mistake(
          ConfigKey.TOTAL_RESULTS,
          "gives more than %d pages of %d; expected fewer results, or a larger harvest.page-size"
              .formatted(Integer.MAX_VALUE, pageSize));
    }
  }

  private static Assignment assignment(Values values, int instances) {
    List<Share> shares = new ArrayList<>();
    for (String entry : values.required(ConfigKey.ASSIGNMENT).split(",", -1)) {
      shares.add(range(values, entry.strip()));
    }
    if (shares.size() != instances) {
      throw values.mistake(
          ConfigKey.ASSIGNMENT,
          "has %d entries; expected one for each of the %d of harvest.instances"
              .formatted(shares.size(), instances));
    }
    return new Assignment(shares);
  }

  private static Share range(Values values, String entry) {
    Matcher matcher = RANGE.matcher(entry);
    if (matcher.matches()) {
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first >= 1 && first <= last) {
        return new Share(first, last);
      }
    }
    throw values.mistake(
        ConfigKey.ASSIGNMENT,
        "holds \"%s\"; expected the scripts of each instance, such as 1-17,18-34,35-51,52-66"
            .formatted(entry));
  }

  private int instanceId(int instances) {
    int id = values.integer(ConfigKey.INSTANCE_ID, 1, Integer.MAX_VALUE);
    if (id > instances) {
      throw values.mistake(
          ConfigKey.INSTANCE_ID,
          "is not from 1 to %d, as harvest.instances says".formatted(instances));
    }
    return id;
  }

  private int autostart() {
    String value = values.required(ConfigKey.AUTOSTART);
    if (value.equals("all")) {
      return Integer.MAX_VALUE;
    }
    if (!value.matches("\\d{1,9}")) {
      throw values.mistake(ConfigKey.AUTOSTART, "is neither a whole number of 0 or more nor all");
    }
    return Integer.parseInt(value);
  }

  private Path dataDir() {
    try {
      return folder.resolve(values.required(ConfigKey.DATA_DIR));
    } catch (InvalidPathException noPath) {
      throw values.mistake(ConfigKey.DATA_DIR, "is not the path of a folder");
    }
  }
}
