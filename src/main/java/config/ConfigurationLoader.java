package config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configuration. Later sources win: built-in defaults, {@link #withDefaults the caller's
 * defaults}, {@code application.properties} in the working folder or {@link #withConfigFile another
 * file} instead of it, {@code .env} in the working folder, environment variables, {@link
 * #withOverrides the caller's overrides}. An empty value counts as not set.
 *
 * <pre>{@code
 * Configuration configuration =
 *     ConfigurationLoader.in(Path.of(""), System.getenv(), types)
 *         .withDefaults(Map.of("s3.create-bucket", "true"))
 *         .load();
 * }</pre>
 */
public final class ConfigurationLoader {
  private final Path folder;
  private final Map<String, String> environment;
  private final List<? extends PortalChecks> types;
  private final KnownKeys keys;
  private final @Nullable Path configFile;
  private final Map<String, String> defaults;
  private final Map<String, String> overrides;

  private ConfigurationLoader(
      Path folder,
      Map<String, String> environment,
      List<? extends PortalChecks> types,
      @Nullable Path configFile,
      Map<String, String> defaults,
      Map<String, String> overrides) {
    this.folder = folder;
    this.environment = environment;
    this.types = types;
    this.keys = new KnownKeys(types);
    this.configFile = configFile;
    this.defaults = defaults;
    this.overrides = overrides;
  }

  /**
   * @param folder working folder: holds {@code application.properties}, {@code .env} and a relative
   *     {@code harvest.data-dir}
   * @param environment environment variables
   * @param types the known portal types; each has its own keys and checks
   */
  public static ConfigurationLoader in(
      Path folder, Map<String, String> environment, List<? extends PortalChecks> types) {
    return new ConfigurationLoader(folder, environment, types, null, Map.of(), Map.of());
  }

  /** A copy that reads this properties file, which must exist, instead of the default one. */
  public ConfigurationLoader withConfigFile(Path file) {
    return new ConfigurationLoader(folder, environment, types, file, defaults, overrides);
  }

  /**
   * A copy with these values, by key, instead of built-in defaults.
   *
   * @throws IllegalArgumentException thrown by {@link #load} for an unknown key
   */
  public ConfigurationLoader withDefaults(Map<String, String> values) {
    return new ConfigurationLoader(folder, environment, types, configFile, values, overrides);
  }

  /**
   * A copy with these values, by key, that override every other source: the options of a command.
   *
   * @throws IllegalArgumentException thrown by {@link #load} for an unknown key
   */
  public ConfigurationLoader withOverrides(Map<String, String> values) {
    return new ConfigurationLoader(folder, environment, types, configFile, defaults, values);
  }

  /**
   * Reads the sources and checks every value.
   *
   * @throws UsageException for the first value or file that is wrong
   */
  public Configuration load() {
    Map<SettingKey, Setting> settings = new HashMap<>();
    Map<String, String> camel = new TreeMap<>();
    addKeys(defaults, null, settings);
    addFile(settings, camel);
    Map<String, String> dotEnv = dotEnv();
    addNames(dotEnv, " in .env", settings, camel);
    addNames(environment, "", settings, camel);
    addKeys(overrides, "the command line", settings);
    addDefaultsOfType(settings);

    Values values = new Values(settings);
    HarvestSettings harvest = new HarvestSection(values, folder).read();
    PortalSection portalSection =
        new PortalSection(values, types, folder, names(dotEnv, environment));
    PortalSettings portal = portalSection.read();
    StoreSettings store = new StoreSection(values, folder).read();
    SourceSettings.read(values); // a wrong value is told whatever the type
    return new Configuration(
        harvest,
        portal,
        store,
        new ApiSection(values, folder).read(),
        HarvestIdentity.of(harvest.distribution(), portal, store, values, portalSection.filters()),
        values,
        camel,
        Optional.empty());
  }

  /**
   * Like {@link #load}, for an instance that will run and so needs a portal.
   *
   * @throws UsageException also if {@code portal.url} is not set, and the type needs it
   */
  public Configuration loadToRun() {
    Configuration configuration = load();
    new PortalSection(configuration.values(), types, folder, environment).requireUrl();
    return configuration;
  }

  /** The properties file that is read, if it exists. */
  public Path propertiesFile() {
    return folder.resolve(configFile == null ? Path.of("application.properties") : configFile);
  }

  /** The files that were read, hold secrets, and can be read by every user of the machine. */
  public List<Path> exposedFiles() {
    Path properties = configFile == null ? Path.of("application.properties") : configFile;
    return Stream.of(properties, Path.of(".env"))
        .filter(file -> ExposedFiles.isExposed(folder.resolve(file)))
        .toList();
  }

  /** Names and values of the real environment. */
  public Map<String, String> environment() {
    return environment;
  }

  private static Map<String, String> names(
      Map<String, String> dotEnv, Map<String, String> environment) {
    Map<String, String> names = new HashMap<>(dotEnv);
    names.putAll(environment);
    return names;
  }

  private void addKeys(
      Map<String, String> values, @Nullable String source, Map<SettingKey, Setting> settings) {
    values.forEach(
        (name, value) ->
            put(
                keys.of(name).orElseThrow(() -> new IllegalArgumentException("no key: " + name)),
                value,
                source,
                settings));
  }

  private void addDefaultsOfType(Map<SettingKey, Setting> settings) {
    String type = new Values(settings).required(ConfigKey.PORTAL_TYPE);
    types.stream()
        .filter(each -> each.name().equals(type))
        .forEach(
            each ->
                each.defaults()
                    .forEach((key, value) -> settings.putIfAbsent(key, new Setting(value, null))));
  }

  private void addFile(Map<SettingKey, Setting> settings, Map<String, String> camel) {
    String source = configFile == null ? "application.properties" : configFile.toString();
    Properties properties = properties(source);
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(name).strip();
      if (name.startsWith("camel.")) {
        camel.put(name, value);
      } else if (keys.of(name).isPresent()) {
        put(keys.of(name).get(), value, source, settings);
      } else if (keys.resembles(name)) {
        throw noKey(name, source, keys.nearest(name));
      }
    }
  }

  private static UsageException noKey(String name, String source, String nearest) {
    return new UsageException(
        "%s (in %s) is not a key; the nearest is %s".formatted(name, source, nearest));
  }

  /** Names in the properties file that look like nobody's key, and have no effect. */
  public List<String> strangers() {
    String source = configFile == null ? "application.properties" : configFile.toString();
    return properties(source).stringPropertyNames().stream()
        .filter(name -> !name.startsWith("camel.") && keys.of(name).isEmpty())
        .sorted()
        .map(
            name ->
                "%s (in %s) is not a key and has no effect; the nearest is %s"
                    .formatted(name, source, keys.nearest(name)))
        .toList();
  }

  private Properties properties(String source) {
    Properties properties = new Properties();
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
  public Map<String, String> dotEnv() {
    return DotEnv.parse(text(folder.resolve(".env"), ".env"));
  }

  /** The text of a file without a byte-order mark; empty if there is no such file. */
  private static String text(Path file, String name) {
    if (!Files.isRegularFile(file)) {
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

  private void addNames(
      Map<String, String> names,
      String origin,
      Map<SettingKey, Setting> settings,
      Map<String, String> camel) {
    Set<String> known = new HashSet<>();
    for (SettingKey key : keys.all()) {
      String name = key.environmentName();
      known.add(name);
      put(key, names.getOrDefault(name, ""), name + origin, settings);
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

  private static void put(
      SettingKey key, String value, @Nullable String source, Map<SettingKey, Setting> settings) {
    if (!value.isBlank()) {
      settings.put(key, new Setting(value.strip(), source));
    }
  }
}
