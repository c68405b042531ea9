package portal.ecourts;

import config.SettingKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of the type {@code ecourts}. */
enum EcourtsKey implements SettingKey {
  LANGUAGES("portal.ecourts.languages", null),
  STATE_CODE("portal.ecourts.state-code", null),
  FROM_DATE("portal.ecourts.from-date", null),
  TO_DATE("portal.ecourts.to-date", null),
  FCOURT_TYPE("portal.ecourts.fcourt-type", "2"),
  LIST("portal.list", null);

  private final String key;
  private final @Nullable String fallback;

  EcourtsKey(String key, @Nullable String fallback) {
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
    return this == LANGUAGES
        ? Arrays.stream(value.split(","))
            .map(String::strip)
            .distinct()
            .sorted()
            .collect(Collectors.joining(","))
        : value;
  }
}
