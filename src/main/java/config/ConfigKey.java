package config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every key of the configuration, with its default. */
public enum ConfigKey {
  INSTANCE_ID("harvest.instance-id", "1"),
  INSTANCES("harvest.instances", "4"),
  SCRIPTS("harvest.scripts", "66"),
  TOTAL_RESULTS("harvest.total-results", "16886658"),
  PAGE_SIZE("harvest.page-size", "100"),
  PAGES("harvest.pages"),
  ASSIGNMENT("harvest.assignment"),
  AUTOSTART("harvest.autostart", "0"),
  START_DELAY("harvest.start-delay", "2s"),
  RESUME("harvest.resume", "true"),
  DATA_DIR("harvest.data-dir", "data"),

  PORTAL_TYPE("portal.type", "links"),
  PORTAL_URL("portal.url"),
  LINK_SELECTOR("portal.link-selector", "a[href$=.pdf]"),
  TOTAL_SELECTOR("portal.total-selector"),
  ALLOWED_HOSTS("portal.allowed-hosts"),
  RATE("portal.rate", "5"),
  CONCURRENCY("portal.concurrency", "8"),
  ROBOTS("portal.robots", "obey"),
  ECOURTS_LANGUAGES("portal.ecourts.languages"),
  ECOURTS_STATE_CODE("portal.ecourts.state-code"),
  ECOURTS_FROM_DATE("portal.ecourts.from-date"),
  ECOURTS_TO_DATE("portal.ecourts.to-date"),
  ECOURTS_FCOURT_TYPE("portal.ecourts.fcourt-type", "2"),
  USER_AGENT("portal.user-agent"),
  CONNECT_TIMEOUT("portal.connect-timeout", "10s"),
  RESPONSE_TIMEOUT("portal.response-timeout", "60s"),
  DOCUMENT_TIMEOUT("portal.document-timeout", "300s"),
  MAX_ATTEMPTS("portal.max-attempts", "5"),
  RETRY_WAIT("portal.retry-wait", "1s"),
  MAX_DOCUMENT_BYTES("portal.max-document-bytes", "200MiB"),

  BUCKET("s3.bucket", "s3-vector-storage"),
  CREATE_BUCKET("s3.create-bucket", "false"),
  PREFIX("s3.prefix", "judgments/"),
  MANIFEST_PREFIX("s3.manifest-prefix", "manifests/"),
  ENDPOINT("s3.endpoint"),
  REGION("s3.region", "us-east-1"),
  PATH_STYLE("s3.path-style"),

  API_HOST("api.host", "127.0.0.1"),
  API_PORT("api.port", "5000"),
  API_KEY("api.key"),
  ALLOW_ANONYMOUS("api.allow-anonymous", "false"),
  CORS_ORIGINS("api.cors-origins"),
  MANAGEMENT_PORT("management.port", "5001"),
  PEERS("fleet.peers"),
  FLEET_KEY("fleet.key");

  private static final Map<String, ConfigKey> BY_KEY =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ConfigKey::key, Function.identity()));

  private static final List<String> NAMESPACES =
      List.of("harvest.", "portal.", "s3.", "api.", "management.", "fleet.");

  private final String key;
  private final String fallback;

  ConfigKey(String key) {
    this(key, null);
  }

  ConfigKey(String key, String fallback) {
    this.key = key;
    this.fallback = fallback;
  }

  /** Its name in a properties file, as {@code harvest.page-size}. */
  String key() {
    return key;
  }

  /** Its name in the environment, as {@code HARVEST_PAGE_SIZE}. */
  String environmentName() {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The built-in default; empty when it is derived or when there is none. */
  Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** Whether its value is never shown. */
  boolean isSecret() {
    return this == API_KEY || this == FLEET_KEY;
  }

  /** The key of this name; empty when there is none. */
  static Optional<ConfigKey> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  /** Whether a name that is no key was meant to be one. */
  static boolean isOurs(String name) {
    return NAMESPACES.stream().anyMatch(name::startsWith);
  }

  /** The key that is spelled most like this name. */
  static ConfigKey nearest(String name) {
    return Arrays.stream(values())
        .min(Comparator.comparingInt(known -> distance(name, known.key)))
        .orElseThrow();
  }

  /** Levenshtein's: how many letters to add, leave out or change. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
