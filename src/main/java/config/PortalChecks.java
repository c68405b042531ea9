package config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a portal type adds to the configuration: its own keys, and their checks. */
public interface PortalChecks {
  /** Its name in {@code portal.type}. */
  String name();

  /** Its own keys, in addition to those that every portal has; all start with {@code portal.}. */
  default List<? extends SettingKey> keys() {
    return List.of();
  }

  /** Those of its keys that select what is harvested; all instances must agree on them. */
  default List<? extends SettingKey> filters() {
    return List.of();
  }

  /** Its defaults for keys that every portal has, in place of theirs. */
  default Map<ConfigKey, String> defaults() {
    return Map.of();
  }

  /** Whether an instance cannot run without {@code portal.url}. */
  default boolean needsUrl() {
    return true;
  }

  /**
   * Checks the values of its own keys. Called for every type, so that a wrong value is reported
   * even if another type is selected.
   *
   * @throws UsageException for the first wrong value
   */
  default void check(Values values) {}

  /**
   * Checks {@code portal.url}, and whatever else must suit this type. Called for the selected type.
   *
   * @return an address whose host is allowed if {@code portal.allowed-hosts} is not set; empty if
   *     there is none
   * @throws UsageException if something is wrong
   */
  Optional<URI> address(Values values);

  /**
   * A description of {@code portal.url} for messages: {@code address of the search page, such as
   * https://host/pdfsearch/}.
   */
  String urlWords();
}
