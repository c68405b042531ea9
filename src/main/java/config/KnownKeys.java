package config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All keys: those of every harvest, and those that portal types add. */
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

  /** The key with this name; empty if there is none. */
  Optional<SettingKey> of(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether an unknown name was meant to be a key. */
  static boolean isOurs(String name) {
    return NAMESPACES.stream().anyMatch(name::startsWith);
  }

  /** The name of the key with the most similar spelling. */
  String nearest(String name) {
    return byName.keySet().stream()
        .min(Comparator.comparingInt(known -> distance(name, known)))
        .orElseThrow();
  }

  /** The Levenshtein distance. */
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
