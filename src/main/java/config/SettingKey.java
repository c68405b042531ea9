package config;

import java.util.Locale;
import java.util.Optional;

/** The key of a setting: its names, and its default. */
public interface SettingKey {
  /** Its name in a properties file, as {@code harvest.page-size}. */
  String key();

  /** The built-in default; empty if it is derived, or if there is none. */
  Optional<String> fallback();

  /** Whether its value must never be shown. */
  default boolean isSecret() {
    return false;
  }

  /** Whether an empty value means something other than its default. */
  default boolean mayBeEmpty() {
    return false;
  }

  /** The notation that stands for all values that mean the same as this one. */
  default String normal(String value) {
    return value;
  }

  /** Its name in the environment, as {@code HARVEST_PAGE_SIZE}. */
  default String environmentName() {
    return key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
