package config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configuration. Later sources win: built-in defaults, {@link #withDefaults the caller's
 * defaults}, {@code application.properties} in the working folder or {@link #withConfigFile another
 * file} instead of it, {@code .env} in the working folder, environment variables, {@link
 * #withOverrides the caller's overrides}. An empty value counts as not set, except where a key says
 * otherwise.
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
    SettingSources sources = sources();
    sources.addKeys(defaults, null);
    sources.addFile();
    Map<String, String> dotEnv = sources.dotEnv();
    sources.addNames(dotEnv, " in .env");
    sources.addNames(environment, "");
    sources.addKeys(overrides, "the command line");
    addDefaultsOfType(sources.settings());

    Values values = new Values(sources.settings());
    HarvestSettings harvest = new HarvestSection(values, folder).read();
    PortalSection portalSection =
        new PortalSection(values, types, folder, names(dotEnv, environment));
    PortalSettings portal = portalSection.read();
    StoreSettings store = new StoreSection(values, folder).read();
    SourceSettings.read(values); // so that a wrong value is reported whatever the type
    TracingSettings.read(values);
    QuotaSettings.read(values);
    return new Configuration(
        harvest,
        portal,
        store,
        new ApiSection(values, folder).read(),
        new AlertSection(values, folder).read(),
        HarvestIdentity.of(harvest.distribution(), portal, store, values, portalSection.filters()),
        values,
        sources.camel(),
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
        .filter(file -> ExposedFiles.isExposed(folder.resolve(file), keys))
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

  private void addDefaultsOfType(Map<SettingKey, Setting> settings) {
    String type = new Values(settings).required(ConfigKey.PORTAL_TYPE);
    types.stream()
        .filter(each -> each.name().equals(type))
        .forEach(
            each ->
                each.defaults()
                    .forEach((key, value) -> settings.putIfAbsent(key, new Setting(value, null))));
  }

  private SettingSources sources() {
    return new SettingSources(folder, configFile, keys);
  }

  /**
   * Lines of the files that have no effect, in words: names that are not keys, and all but the last
   * line of a repeated name.
   */
  public List<String> withoutEffect() {
    return sources().withoutEffect();
  }

  /**
   * Names and values of {@code .env}; none if there is no such file.
   *
   * @throws UsageException if it cannot be read
   */
  public Map<String, String> dotEnv() {
    return sources().dotEnv();
  }
}
