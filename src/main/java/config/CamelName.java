package config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Camel's own keys as environment variables. */
final class CamelName {
  private static final Pattern NAME = Pattern.compile("CAMEL_([A-Z0-9]+)_([A-Z0-9_]*[A-Z0-9])");

  /** Groups whose keys have a name between group and option. */
  private static final Set<String> NAMED = Set.of("component", "dataformat", "language");

  private CamelName() {}

  /**
   * The key of an environment name: {@code CAMEL_MAIN_AUTO_STARTUP} is {@code
   * camel.main.auto-startup}, {@code CAMEL_COMPONENT_SCHEDULER_BRIDGE_ERROR_HANDLER} is {@code
   * camel.component.scheduler.bridge-error-handler}. Empty if it is not a name of Camel's.
   */
  static Optional<String> key(String environmentName) {
    Matcher matcher = NAME.matcher(environmentName);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String group = matcher.group(1).toLowerCase(Locale.ROOT);
    String rest = matcher.group(2).toLowerCase(Locale.ROOT);
    if (NAMED.contains(group)) {
      rest = rest.replaceFirst("_", ".");
    }
    return Optional.of("camel." + group + "." + rest.replace('_', '-'));
  }
}
