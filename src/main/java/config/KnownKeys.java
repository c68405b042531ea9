package config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** All keys: those of every harvest, and those that portal types add. */
final class KnownKeys {
  private static final List<String> NAMESPACES =
      List.of(
          "harvest.",
          "portal.",
          "s3.",
          "source.",
          "api.",
          "management.",
          "hawtio.",
          "fleet.",
          "alert.",
          "otel.");

  private static final int FEW_LETTERS = 2;
  private static final int SHORTEST_VARIABLE = 6;

  private final Map<String, SettingKey> byName = new LinkedHashMap<>();

  KnownKeys(List<? extends PortalChecks> types) {
    for (SettingKey key : ConfigKey.values()) {
      byName.put(key.key(), key);
    }
    for (SettingKey key : SourceKey.values()) {
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

  /** The key with this name in a properties file or in the environment; empty if there is none. */
  Optional<SettingKey> named(String name) {
    return of(name)
        .or(() -> all().stream().filter(key -> key.environmentName().equals(name)).findFirst());
  }

  /** Whether an unknown name in a properties file was meant to be a key. */
  boolean resembles(String name) {
    String plain = plain(name);
    return NAMESPACES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)
        || cost(plain, nearest(name)) <= Math.max(FEW_LETTERS, plain.length() / 5);
  }

  /**
   * Whether an unknown name of the environment was meant to be a key; most belong to other
   * programs.
   */
  boolean resemblesVariable(String name) {
    return plain(name).length() >= SHORTEST_VARIABLE
        && distance(plain(name), plain(nearestVariable(name).key())) <= FEW_LETTERS;
  }

  /** The name of the key with the most similar spelling, with or without its first parts. */
  String nearest(String name) {
    String plain = plain(name);
    return byName.keySet().stream()
        .min(Comparator.comparingInt(known -> cost(plain, known)))
        .orElseThrow();
  }

  /** The key whose name in the environment has the most similar spelling. */
  SettingKey nearestVariable(String name) {
    String plain = plain(name);
    return byName.values().stream()
        .min(Comparator.comparingInt(known -> distance(plain, plain(known.key()))))
        .orElseThrow();
  }

  /** A missing prefix costs nothing if the rest is right, and is no excuse if it is not. */
  private static int cost(String plain, String known) {
    boolean isItsEnd =
        IntStream.range(0, known.length())
            .filter(i -> known.charAt(i) == '.')
            .anyMatch(dot -> plain(known.substring(dot)).equals(plain));
    return isItsEnd ? 0 : distance(plain, plain(known));
  }

  /** Case and punctuation are what people get wrong. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
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
