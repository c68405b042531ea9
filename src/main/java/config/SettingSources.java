package config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import platform.LocaleLetters;

/** Reads the sources of the configuration; of two that have the same key, the later one wins. */
final class SettingSources {
  private final Path folder;
  private final @Nullable Path configFile;
  private final KnownKeys keys;
  private final Map<SettingKey, Setting> settings = new HashMap<>();
  private final Map<String, String> camel = new TreeMap<>();

  /**
   * @param folder working folder
   * @param configFile the properties file, which must exist; null for the default one, which need
   *     not
   */
  SettingSources(Path folder, @Nullable Path configFile, KnownKeys keys) {
    this.folder = folder;
    this.configFile = configFile;
    this.keys = keys;
  }

  /** What was read so far, by key. */
  Map<SettingKey, Setting> settings() {
    return settings;
  }

  /** Camel's own properties that were read so far. */
  Map<String, String> camel() {
    return camel;
  }

  /**
   * Adds values by key.
   *
   * @param source where they come from, in words; null for defaults
   * @throws IllegalArgumentException for an unknown key
   */
  void addKeys(Map<String, String> values, @Nullable String source) {
    values.forEach(
        (name, value) ->
            put(
                keys.of(name).orElseThrow(() -> new IllegalArgumentException("no key: " + name)),
                value,
                source));
  }

  /** Adds the values of the properties file. */
  void addFile() {
    String source = configFile == null ? "application.properties" : configFile.toString();
    Properties properties = properties(source, name -> {});
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(name).strip();
      if (name.startsWith("camel.")) {
        camel.put(name, value);
      } else if (keys.of(name).isPresent()) {
        put(keys.of(name).get(), value, source);
      } else if (keys.resembles(name)) {
        throw noKey(name, source, keys.nearest(name));
      }
    }
  }

  /**
   * Adds the values of environment variables.
   *
   * @param origin what follows a name in messages; empty for the real environment
   */
  void addNames(Map<String, String> names, String origin) {
    Set<String> known = new HashSet<>();
    for (SettingKey key : keys.all()) {
      String name = key.environmentName();
      known.add(name);
      if (names.containsKey(name)) {
        put(key, readable(name, names.get(name)), name + origin);
      }
    }
    String source = origin.isEmpty() ? "the environment" : ".env";
    for (String name : new TreeSet<>(names.keySet())) {
      boolean isOurs = !origin.isEmpty() && name.startsWith("HARVEST_");
      if (!known.contains(name) && (isOurs || keys.resemblesVariable(name))) {
        throw noKey(name, source, keys.nearestVariable(name).environmentName());
      }
    }
    names.forEach((name, value) -> CamelName.key(name).ifPresent(key -> camel.put(key, value)));
  }

  private static String readable(String name, String value) {
    if (LocaleLetters.areLost(value)) {
      throw new UsageException("%s: its value %s".formatted(name, LocaleLetters.WORDS));
    }
    return value;
  }

  private void put(SettingKey key, String value, @Nullable String source) {
    if (!value.isBlank() || key.mayBeEmpty()) {
      settings.put(key, new Setting(value.strip(), source));
    }
  }

  private static UsageException noKey(String name, String source, String nearest) {
    return new UsageException(
        "%s (in %s) is not a key; the nearest is %s".formatted(name, source, nearest));
  }

  /**
   * Lines of the files that have no effect: names in the properties file that are not keys, and all
   * but the last line of a repeated name.
   */
  List<String> withoutEffect() {
    String source = configFile == null ? "application.properties" : configFile.toString();
    List<String> lines = new ArrayList<>();
    properties(source, name -> lines.add(twice(name, source))).stringPropertyNames().stream()
        .filter(name -> !name.startsWith("camel.") && keys.of(name).isEmpty())
        .sorted()
        .map(
            name ->
                "%s (in %s) is not a key and has no effect; the nearest is %s"
                    .formatted(name, source, keys.nearest(name)))
        .forEach(lines::add);
    dotEnv(name -> lines.add(twice(name, ".env")));
    return lines;
  }

  private static String twice(String name, String source) {
    return "%s stands more than once in %s; the last line counts".formatted(name, source);
  }

  private Properties properties(String source, Consumer<String> twice) {
    Properties properties = new NotingProperties(twice);
    Path file = folder.resolve(source);
    if (configFile != null && !Files.isRegularFile(file)) {
      throw new UsageException("--config: \"%s\" is not a file that exists".formatted(source));
    }
    try {
      properties.load(new StringReader(text(file, source)));
      return properties;
    } catch (IllegalArgumentException malformed) {
      throw new UsageException(
          source + ": holds a \\u without four hexadecimal digits; expected \\uXXXX", malformed);
    } catch (IOException unreadable) {
      throw new IllegalStateException("reading from memory", unreadable);
    }
  }

  /**
   * Names and values of {@code .env}; none if there is no such file.
   *
   * @throws UsageException if it cannot be read
   */
  Map<String, String> dotEnv() {
    return dotEnv(name -> {});
  }

  private Map<String, String> dotEnv(Consumer<String> twice) {
    return DotEnv.parse(text(folder.resolve(".env"), ".env"), twice);
  }

  /** The text of a file without a byte-order mark; empty if there is no such file. */
  private static String text(Path file, String name) {
    if (!Files.isRegularFile(file)) {
      if (Files.isDirectory(file) || Files.isSymbolicLink(file)) {
        // container engines create a folder where a file to mount is missing
        throw new UsageException(
            name + ": is a folder or a link to nothing; expected a file, or none of this name");
      }
      return "";
    }
    try {
      return Files.readString(file).replaceFirst("^\\uFEFF", "");
    } catch (CharacterCodingException notUtf8) {
      throw new UsageException(name + ": is not text in UTF-8; expected a file saved as UTF-8");
    } catch (IOException unreadable) {
      throw new UsageException(
          "%s: cannot be read (%s); expected a readable file"
              .formatted(name, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }

  /** Reports each name that is put a second time. */
  private static final class NotingProperties extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient Consumer<String> twice;

    private NotingProperties(Consumer<String> twice) {
      this.twice = twice;
    }

    @Override
    public synchronized @Nullable Object put(Object name, Object value) {
      Object before = super.put(name, value);
      if (before != null) {
        twice.accept(name.toString());
      }
      return before;
    }
  }
}
