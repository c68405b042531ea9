package config;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.select.QueryParser;

/** Reads and checks the {@code portal.*} keys. */
final class PortalSection {
  private static final Pattern ALLOWED_HOST =
      Pattern.compile("([a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]+])(:\\d{1,5})?");
  private static final Predicate<String> HEADER_TEXT =
      Pattern.compile("[\\x20-\\x7e]+").asMatchPredicate();
  private static final Predicate<String> LANGUAGES =
      Pattern.compile("all|[A-Z]{2,8}(\\s*,\\s*[A-Z]{2,8})*").asMatchPredicate();
  private static final Predicate<String> STATE_CODE =
      Pattern.compile("\\d{1,4}~\\d{1,4}").asMatchPredicate();

  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MOST_TIME = Duration.ofHours(24);

  /** What S3 takes in one PUT. */
  private static final long LARGEST_OBJECT = 5L << 30;

  private final Values values;

  PortalSection(Values values) {
    this.values = values;
  }

  /**
   * @param pageSize results on a page, checked
   * @param pages how many pages there are
   */
  PortalSettings read(int pageSize, int pages) {
    String type = values.oneOf(ConfigKey.PORTAL_TYPE, "links", "ecourts");
    Optional<URI> address = type.equals("links") ? listingAddress() : searchAddress();
    requireEcourtsPageSize(type, pageSize);
    return new PortalSettings(
        type,
        values.text(ConfigKey.PORTAL_URL).orElse(null),
        selector(ConfigKey.LINK_SELECTOR),
        values.text(ConfigKey.TOTAL_SELECTOR).isPresent()
            ? selector(ConfigKey.TOTAL_SELECTOR)
            : null,
        allowedHosts(address),
        values.fraction(ConfigKey.RATE),
        values.integer(ConfigKey.CONCURRENCY, 1, 10_000),
        values.oneOf(ConfigKey.ROBOTS, "obey", "ignore").equals("obey"),
        userAgent(),
        values.duration(ConfigKey.CONNECT_TIMEOUT, LEAST_TIMEOUT, MOST_TIME),
        values.duration(ConfigKey.RESPONSE_TIMEOUT, LEAST_TIMEOUT, MOST_TIME),
        values.duration(ConfigKey.DOCUMENT_TIMEOUT, LEAST_TIMEOUT, MOST_TIME),
        values.integer(ConfigKey.MAX_ATTEMPTS, 1, Integer.MAX_VALUE),
        values.duration(ConfigKey.RETRY_WAIT, Duration.ZERO, MOST_TIME),
        values.size(ConfigKey.MAX_DOCUMENT_BYTES, LARGEST_OBJECT),
        ecourts(),
        pageSize,
        pages);
  }

  private Optional<URI> listingAddress() {
    return values
        .text(ConfigKey.PORTAL_URL)
        .map(
            url ->
                Optional.of(url)
                    .filter(text -> text.contains("{page}") || text.contains("{offset}"))
                    .map(text -> text.replace("{page}", "1").replace("{offset}", "0"))
                    .flatMap(Values::httpAddress)
                    .orElseThrow(
                        () ->
                            values.mistake(
                                ConfigKey.PORTAL_URL,
                                "is not the http or https address of a listing page with {page} or"
                                    + " {offset} in it, as https://host/list?page={page}")));
  }

  private Optional<URI> searchAddress() {
    return values
        .text(ConfigKey.PORTAL_URL)
        .map(
            url ->
                Values.httpAddress(url)
                    .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                    .orElseThrow(
                        () ->
                            values.mistake(
                                ConfigKey.PORTAL_URL,
                                "is not the http or https address of the search page with its"
                                    + " path, as https://host/pdfsearch/")));
  }

  private String selector(ConfigKey key) {
    String css = values.required(key);
    try {
      QueryParser.parse(css);
      return css;
    } catch (IllegalStateException | IllegalArgumentException unreadable) {
      throw values.mistake(key, "is not a CSS selector, as a[href$=.pdf]");
    }
  }

  private List<String> allowedHosts(Optional<URI> address) {
    if (values.text(ConfigKey.ALLOWED_HOSTS).isEmpty()) {
      return address.map(uri -> uri.getHost().toLowerCase(Locale.ROOT)).stream().toList();
    }
    List<String> hosts =
        values.list(ConfigKey.ALLOWED_HOSTS).stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .toList();
    for (String host : hosts) {
      if (!ALLOWED_HOST.matcher(host).matches()) {
        throw values.mistake(
            ConfigKey.ALLOWED_HOSTS,
            "holds \"%s\"; expected hosts, as host or host:port, with commas between them"
                .formatted(host));
      }
    }
    return hosts;
  }

  private String userAgent() {
    return values.text(ConfigKey.USER_AGENT).isEmpty()
        ? "judgment-harvester/" + Version.number()
        : values.matching(
            ConfigKey.USER_AGENT, HEADER_TEXT, "cannot be sent in a header; expected ASCII text");
  }

  private void requireEcourtsPageSize(String type, int pageSize) {
    if (type.equals("ecourts") && !isEcourtsPageSize(pageSize)) {
      throw values.mistake(
          ConfigKey.PAGE_SIZE,
          "is no length of an ecourts page; expected 10, 25, 50, or 100, 200 and so on to 1000");
    }
  }

  private EcourtsSettings ecourts() {
    Optional<LocalDate> from = date(ConfigKey.ECOURTS_FROM_DATE);
    Optional<LocalDate> to = date(ConfigKey.ECOURTS_TO_DATE);
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw values.mistake(
          ConfigKey.ECOURTS_TO_DATE, "is before portal.ecourts.from-date; expected a later date");
    }
    return new EcourtsSettings(
        languages(),
        stateCode(),
        from.orElse(null),
        to.orElse(null),
        values.oneOf(ConfigKey.ECOURTS_FCOURT_TYPE, "2", "3"));
  }

  private List<String> languages() {
    if (values.text(ConfigKey.ECOURTS_LANGUAGES).isEmpty()) {
      return List.of();
    }
    values.matching(ConfigKey.ECOURTS_LANGUAGES, LANGUAGES, "is not a list as PUN,HIN, nor all");
    return values.list(ConfigKey.ECOURTS_LANGUAGES);
  }

  private String stateCode() {
    return values.text(ConfigKey.ECOURTS_STATE_CODE).isEmpty()
        ? null
        : values.matching(
            ConfigKey.ECOURTS_STATE_CODE, STATE_CODE, "is not the code of a court, as 27~1");
  }

  private static boolean isEcourtsPageSize(int size) {
    return List.of(10, 25, 50).contains(size) || (size % 100 == 0 && size <= 1000);
  }

  private Optional<LocalDate> date(ConfigKey key) {
    return values
        .text(key)
        .map(
            text -> {
              try {
                return LocalDate.parse(text);
              } catch (DateTimeParseException noDate) {
                throw values.mistake(key, "is not a date, as 2024-12-31");
              }
            });
  }
}
