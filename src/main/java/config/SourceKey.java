package config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code source.*} keys: the bucket with the open data, and which part of it is wanted. */
public enum SourceKey implements SettingKey {
  BUCKET("source.bucket", "indian-high-court-judgments"),
  REGION("source.region", "ap-south-1"),
  ENDPOINT("source.endpoint", null),
  PATH_STYLE("source.path-style", null),
  ANONYMOUS("source.anonymous", "true"),
  COURTS("source.courts", null),
  BENCHES("source.benches", null),
  YEARS("source.years", null),
  READ("source.read", "tar"),

  /** Like the next two, usually set by its name in the environment. */
  ACCESS_KEY_ID("source.aws-access-key-id", null),
  SECRET_ACCESS_KEY("source.aws-secret-access-key", null),
  SESSION_TOKEN("source.aws-session-token", null);

  /** Those that select what is harvested. */
  public static final List<SourceKey> FILTERS = List.of(BUCKET, COURTS, BENCHES, YEARS);

  private final String key;
  private final @Nullable String fallback;

  SourceKey(String key, @Nullable String fallback) {
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
  public String normal(String value) {
    return switch (this) {
      case COURTS, BENCHES, YEARS ->
          SourceSettings.normal(this, Arrays.stream(value.split(",")).map(String::strip));
      default -> value;
    };
  }

  @Override
  public boolean isSecret() {
    return this == ACCESS_KEY_ID || this == SECRET_ACCESS_KEY || this == SESSION_TOKEN;
  }
}
