package config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All keys that there are: those of every harvest, and those that types of portals add. */
final class KnownKeys {
  private static final List<String> NAMESPACES =
      List.of("harvest.", "portal.", "s3.", "api.", "management.", "fleet.");

  private final Map<String, SettingKey> byName = new LinkedHashMap<>();

  KnownKeys(List<? extends PortalChecks> types) {
    for (SettingKey key : ConfigKey.values()) {
      byName.put(key.key(), key);
    }
    for (PortalChecks type : types) {
      type.keys().forEach(key -> byName.put(key.key(), key));
    }
  }

  Collection<SettingKey> all() {
    return byName.values();
  }

  /** The key of this name; empty when there is none. */
  Optional<SettingKey> of(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether a name that is no key was meant to be one. */
  static boolean isOurs(String name) {
    return NAMESPACES.stream().anyMatch(name::startsWith);
  }

  /** The name of a key that is spelled most like this one. */
  String nearest(String name) {
    return byName.keySet().stream()
        .min(Comparator.comparingInt(known -> distance(name, known)))
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
