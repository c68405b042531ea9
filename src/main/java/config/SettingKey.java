package config;

import java.util.Locale;
import java.util.Optional;

/** The key of a setting: its names, and what holds when it is not set. */
public interface SettingKey {
  /** Its name in a properties file, as {@code harvest.page-size}. */
  String key();

  /** The built-in default; empty when it is derived or when there is none. */
  Optional<String> fallback();

  /** Whether its value is never shown. */
  default boolean isSecret() {
    return false;
  }

  /** Its name in the environment, as {@code HARVEST_PAGE_SIZE}. */
  default String environmentName() {
    return key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
