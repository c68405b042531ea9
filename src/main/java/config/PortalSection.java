package config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.Concurrency;
import model.RetryPolicy;
import model.web.WebAddress;

/** Reads and checks the {@code portal.*} keys. The portal type checks its own keys. */
final class PortalSection {
  private static final Pattern HOST_AND_PORT = Pattern.compile("([^/\\\\?#@]+?)(?::(\\d{1,5}))?");
  private static final Predicate<String> HEADER_TEXT =
      Pattern.compile("[\\x20-\\x7e]+").asMatchPredicate();

  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MOST_TIME = Duration.ofHours(24);

  /** The largest PUT that S3 accepts. */
  private static final long LARGEST_OBJECT = 5L << 30;

  private final Values values;
  private final List<? extends PortalChecks> types;
  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param types the possible values of {@code portal.type}
   * @param folder that relative paths start from
   * @param environment for the variables in which other programs find a proxy
   */
  PortalSection(
      Values values,
      List<? extends PortalChecks> types,
      Path folder,
      Map<String, String> environment) {
    this.values = values;
    this.folder = folder;
    this.environment = environment;
    this.types = types;
  }

  PortalSettings read() {
    PortalChecks type = type();
    Optional<URI> address = type.address(values);
    types.forEach(each -> each.check(values));
    return new PortalSettings(
        type.name(),
        values.text(ConfigKey.PORTAL_URL),
        allowedHosts(address),
        politeness(),
        PortalHeaders.read(values),
        values.integer(ConfigKey.MAX_REDIRECTS, 0, 50),
        Proxies.read(values, environment),
        values.authorities(ConfigKey.PORTAL_CA_FILE, folder),
        timeouts(),
        new RetryPolicy(
            values.integer(ConfigKey.MAX_ATTEMPTS, 1, Integer.MAX_VALUE),
            values.duration(ConfigKey.RETRY_WAIT, Duration.ZERO, MOST_TIME)),
        values.size(ConfigKey.MAX_DOCUMENT_BYTES, LARGEST_OBJECT));
  }

  /**
   * Checks that there is a portal, which only a running instance needs.
   *
   * @throws UsageException if {@code portal.url} is not set, and the type needs it
   */
  void requireUrl() {
    if (type().needsUrl() && values.text(ConfigKey.PORTAL_URL).isEmpty()) {
      throw new UsageException("portal.url is not set; expected the " + type().urlWords());
    }
  }

  /** The keys of the selected type that select what is harvested. */
  List<? extends SettingKey> filters() {
    return type().filters();
  }

  private PortalChecks type() {
    String name =
        values.oneOf(
            ConfigKey.PORTAL_TYPE, types.stream().map(PortalChecks::name).toArray(String[]::new));
    return types.stream().filter(type -> type.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> allowedHosts(Optional<URI> address) {
    if (values.text(ConfigKey.ALLOWED_HOSTS).isEmpty()) {
      return address.flatMap(uri -> WebAddress.read(uri.toString())).map(WebAddress::host).stream()
          .toList();
    }
    return values.list(ConfigKey.ALLOWED_HOSTS).stream()
        .map(
            text ->
                allowedHost(text)
                    .orElseThrow(
                        () ->
                            values.mistake(
                                ConfigKey.ALLOWED_HOSTS,
                                "holds \"%s\"; expected hosts, such as host or host:port, with commas between them"
                                    .formatted(text))))
        .toList();
  }

  /** The host as links are read, with its port if one is given. */
  private static Optional<String> allowedHost(String text) {
    Matcher parts = HOST_AND_PORT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return WebAddress.read("http://" + text)
        .map(
            address ->
                parts.group(2) == null ? address.host() : address.host() + ":" + address.port());
  }

  private Politeness politeness() {
    return new Politeness(
        new RateSection(values).read(),
        values.integer(ConfigKey.CONCURRENCY, 1, Concurrency.MOST),
        values.oneOf(ConfigKey.ROBOTS, "obey", "ignore").equals("obey"),
        userAgent());
  }

  private String userAgent() {
    return values.text(ConfigKey.USER_AGENT).isEmpty()
        ? "judgment-harvester/" + Version.number()
        : values.matching(
            ConfigKey.USER_AGENT, HEADER_TEXT, "cannot be sent in a header; expected ASCII text");
  }

  private Timeouts timeouts() {
    return new Timeouts(
        values.duration(ConfigKey.CONNECT_TIMEOUT, LEAST_TIMEOUT, MOST_TIME),
        values.duration(ConfigKey.RESPONSE_TIMEOUT, LEAST_TIMEOUT, MOST_TIME),
        values.duration(ConfigKey.DOCUMENT_TIMEOUT, LEAST_TIMEOUT, MOST_TIME));
  }
}
