package config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of every harvest, with their defaults; portal types add their own. */
public enum ConfigKey implements SettingKey {
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
  AUDIT_INTERVAL("harvest.audit-interval", "24h"),
  SPOOL_MAX_BYTES("harvest.spool-max-bytes", "2GiB"),
  MAX_DOCUMENTS_PER_DAY("harvest.max-documents-per-day"),
  MAX_BYTES_PER_DAY("harvest.max-bytes-per-day"),
  BACKUP_INTERVAL("harvest.backup-interval", "1h"),
  BACKUP_KEEP("harvest.backup-keep", "3"),

  PORTAL_TYPE("portal.type", "links"),
  PORTAL_URL("portal.url"),
  DROP_PARAMETERS("portal.drop-parameters"),
  ALLOWED_HOSTS("portal.allowed-hosts"),
  RATE("portal.rate", "5"),
  MAX_RATE("portal.max-rate"),
  HOURS("portal.hours"),
  FLEET_RATE("portal.fleet-rate"),
  CONCURRENCY("portal.concurrency", "8"),
  ROBOTS("portal.robots", "obey"),
  USER_AGENT("portal.user-agent"),
  HEADERS("portal.headers"),
  MAX_REDIRECTS("portal.max-redirects", "5"),
  PORTAL_PROXY("portal.proxy"),
  PORTAL_CA_FILE("portal.ca-file"),
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
  BACKUP_PREFIX("s3.backup-prefix"),
  ENDPOINT("s3.endpoint"),
  REGION("s3.region", "us-east-1"),
  PATH_STYLE("s3.path-style"),
  STORE_CA_FILE("s3.ca-file"),
  CHECKSUM("s3.checksum", "sha256"),
  ENCRYPTION("s3.sse"),
  KMS_KEY_ID("s3.sse-kms-key-id"),
  STORAGE_CLASS("s3.storage-class", "STANDARD"),

  API_HOST("api.host", "127.0.0.1"),
  API_PORT("api.port", "5000"),
  API_KEY("api.key"),
  API_READ_KEY("api.read-key"),
  API_TLS_CERTIFICATE("api.tls.certificate"),
  API_TLS_KEY("api.tls.key"),
  ALLOW_ANONYMOUS("api.allow-anonymous", "false"),
  CORS_ORIGINS("api.cors-origins"),
  API_ALLOWED_HOSTS("api.allowed-hosts"),
  MANAGEMENT_PORT("management.port", "5001"),
  HAWTIO_USER("hawtio.user"),
  HAWTIO_PASSWORD("hawtio.password"),
  OTEL_ENDPOINT("otel.exporter.otlp.endpoint"),
  OTEL_HEADERS("otel.exporter.otlp.headers"),
  OTEL_SERVICE("otel.service.name", "judgment-harvester"),
  PEERS("fleet.peers"),
  FLEET_KEY("fleet.key"),

  SMTP_HOST("alert.smtp.host"),
  SMTP_PORT("alert.smtp.port", "587"),
  SMTP_USER("alert.smtp.user"),
  SMTP_PASSWORD("alert.smtp.password"),
  SMTP_SECURITY("alert.smtp.security", "starttls"),
  SMTP_CA_FILE("alert.smtp.ca-file"),
  ALERT_FROM("alert.from"),
  ALERT_TO("alert.to"),
  WEBHOOK_URL("alert.webhook-url"),
  ALERT_AFTER("alert.after", "10m"),
  ALERT_REPEAT("alert.repeat", "24h"),
  DIGEST_AT("alert.digest-at", "07:00");

  private final String key;
  private final @Nullable String fallback;

  ConfigKey(String key) {
    this(key, null);
  }

  ConfigKey(String key, @Nullable String fallback) {
    this.key = key;
    this.fallback = fallback;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }

  @Override
  public boolean isSecret() {
    return switch (this) {
      case API_KEY, API_READ_KEY, FLEET_KEY, HAWTIO_PASSWORD, HEADERS, OTEL_HEADERS, PORTAL_PROXY ->
          true;
      case SMTP_PASSWORD, WEBHOOK_URL -> true; // the address of a webhook often holds its token
      default -> false;
    };
  }

  @Override
  public boolean mayBeEmpty() {
    return this == DIGEST_AT;
  }
}
