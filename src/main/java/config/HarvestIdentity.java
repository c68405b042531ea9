package config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import model.Distribution;
import model.Redactor;
import model.Script;

/**
 * What all instances of a harvest must agree on, by configuration key. It is recorded in the bucket
 * and in each ledger, and compared at every start: if one instance divided the pages differently,
 * some documents would be fetched by nobody.
 *
 * @param values in the order in which differences are reported; empty if a key is not set
 * @param filters those of the keys that select what is harvested, and also mean something when not
 *     set
 * @param facts names that are no keys, but follow from the source
 */
public record HarvestIdentity(
    Map<String, String> values, Map<String, SettingKey> filters, Set<String> facts) {
  private static final List<ConfigKey> NUMBERS =
      List.of(
          ConfigKey.PAGE_SIZE,
          ConfigKey.TOTAL_RESULTS,
          ConfigKey.PAGES,
          ConfigKey.INSTANCES,
          ConfigKey.SCRIPTS);

  /** Keys whose values do not affect which documents a page lists. */
  private static final List<ConfigKey> CORRECTABLE =
      List.of(
          ConfigKey.TOTAL_RESULTS,
          ConfigKey.PAGES,
          ConfigKey.INSTANCES,
          ConfigKey.SCRIPTS,
          ConfigKey.ASSIGNMENT);

  static HarvestIdentity of(
      Distribution work,
      PortalSettings portal,
      StoreSettings store,
      Values given,
      List<? extends SettingKey> filters) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(ConfigKey.PORTAL_TYPE.key(), portal.type());
    values.put(ConfigKey.PORTAL_URL.key(), portal.url().map(Redactor::fingerprint).orElse(""));
    filters.forEach(
        key -> values.put(key.key(), given.text(key).map(Redactor::fingerprint).orElse("")));
    values.put(ConfigKey.PAGE_SIZE.key(), String.valueOf(work.pageSize()));
    values.put(ConfigKey.PREFIX.key(), store.prefix());
    values.put(ConfigKey.MANIFEST_PREFIX.key(), store.manifestPrefix());
    if (given.text(ConfigKey.PAGES).isPresent()) { // first what was set, then what follows from it
      values.put(ConfigKey.PAGES.key(), String.valueOf(work.pages()));
    }
    values.put(ConfigKey.TOTAL_RESULTS.key(), String.valueOf(work.totalResults()));
    values.put(ConfigKey.PAGES.key(), String.valueOf(work.pages()));
    values.put(ConfigKey.INSTANCES.key(), String.valueOf(work.instances()));
    values.put(ConfigKey.SCRIPTS.key(), String.valueOf(work.scripts().size()));
    values.put(ConfigKey.ASSIGNMENT.key(), assignment(work));
    return new HarvestIdentity(
        values,
        filters.stream().collect(Collectors.toUnmodifiableMap(SettingKey::key, key -> key)),
        Set.of());
  }

  private static String assignment(Distribution work) {
    return IntStream.rangeClosed(1, work.instances())
        .mapToObj(work::scriptsOf)
        .filter(scripts -> !scripts.isEmpty())
        .map(HarvestIdentity::range)
        .collect(Collectors.joining(","));
  }

  private static String range(List<Script> scripts) {
    int first = scripts.get(0).id();
    int last = scripts.get(scripts.size() - 1).id();
    return first == last ? "" + first : first + "-" + last;
  }

  /**
   * A copy for what the source holds.
   *
   * @param further what else all instances must agree on: reported first, because totals follow
   *     from it
   */
  HarvestIdentity surveyed(Distribution work, Map<String, String> further) {
    Map<String, String> others = new LinkedHashMap<>();
    others.put(ConfigKey.PORTAL_TYPE.key(), value(ConfigKey.PORTAL_TYPE.key()));
    others.put(ConfigKey.PORTAL_URL.key(), value(ConfigKey.PORTAL_URL.key()));
    others.putAll(further);
    values.forEach(others::putIfAbsent);
    others.put(ConfigKey.TOTAL_RESULTS.key(), String.valueOf(work.totalResults()));
    others.put(ConfigKey.PAGES.key(), String.valueOf(work.pages()));
    return new HarvestIdentity(others, filters, Set.copyOf(further.keySet()));
  }

  /** A copy whose portal is the same wherever it listens: that of the demo. */
  HarvestIdentity withoutAddress() {
    Map<String, String> others = new LinkedHashMap<>(values);
    others.put(ConfigKey.PORTAL_URL.key(), "");
    return new HarvestIdentity(others, filters, facts);
  }

  /** The keys that are set, with numbers as numbers, as they are recorded in the bucket. */
  public Map<String, Object> recorded() {
    Map<String, Object> recorded = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            recorded.put(key, isOneOf(NUMBERS, key) ? Long.valueOf(value) : value);
          }
        });
    return recorded;
  }

  private static boolean isOneOf(List<ConfigKey> keys, String name) {
    return keys.stream().anyMatch(key -> key.key().equals(name));
  }

  /**
   * Compares this configuration with what was recorded.
   *
   * @param recorded by key, as text; keys that are not known here do not matter
   * @param where it is recorded: {@code manifests/harvest.json in the bucket holds}
   * @param acceptChanges whether a person accepts other totals and assignments
   * @return whether something differs that a person accepts
   * @throws UsageException for the first difference that is not accepted
   */
  public boolean differs(Map<String, String> recorded, String where, boolean acceptChanges) {
    boolean differs = false;
    for (String key : values.keySet()) {
      if (differs(key, recorded)) {
        if (!acceptChanges || !isOneOf(CORRECTABLE, key)) {
          throw new UsageException(
              "%s: configured is %s, but %s"
                  .formatted(key, shown(value(key)), advice(key, where, recorded)));
        }
        differs = true;
      }
    }
    return differs;
  }

  /** How a peer's harvest differs from this one: the first key; empty if it does not. */
  public String difference(Map<String, String> other) {
    return values.keySet().stream()
        .filter(key -> differs(key, other))
        .map(
            key ->
                "%s is %s there, %s here"
                    .formatted(key, shown(other.getOrDefault(key, "")), shown(value(key))))
        .findFirst()
        .orElse("");
  }

  private boolean differs(String key, Map<String, String> recorded) {
    if (recorded.isEmpty()) { // an older version has recorded nothing
      return false;
    }
    String own = value(key);
    String known = recorded.getOrDefault(key, "");
    boolean bothSet = !own.isEmpty() && !known.isEmpty();
    SettingKey filter = filters.get(key);
    return filter == null
        ? bothSet && !own.equals(known)
        : !filter.normal(own).equals(filter.normal(known));
  }

  private String value(String key) {
    return values.getOrDefault(key, "");
  }

  private String advice(String key, String where, Map<String, String> recorded) {
    String known = recorded.getOrDefault(key, "");
    String back =
        facts.contains(key)
            ? "bring back the source as it was"
            : known.isEmpty() ? "leave it unset" : "set %s=%s".formatted(key, known);
    return isOneOf(CORRECTABLE, key)
        ? "%s %s; %s, or accept the new value with run --accept-changes"
            .formatted(where, shown(known), back)
        : ("%s %s; %s, or keep another harvest apart with another harvest.data-dir, s3.prefix and"
                + " s3.manifest-prefix")
            .formatted(where, shown(known), back);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "nothing" : value;
  }
}
