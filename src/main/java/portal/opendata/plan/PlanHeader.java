package portal.opendata.plan;

import config.SourceKey;
import config.SourceSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a plan was made for: its first line.
 *
 * @param values by configuration key, as text; empty for all
 */
public record PlanHeader(Map<String, String> values) {
  static final String PAGE_SIZE = "harvest.page-size";

  /** What a plan of this configuration would be made for. */
  static PlanHeader of(SourceSettings source, int pageSize) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("source.bucket", source.bucket());
    values.put("source.courts", String.join(",", source.courts().stream().sorted().toList()));
    values.put("source.benches", String.join(",", source.benches().stream().sorted().toList()));
    values.put(
        "source.years",
        source.years().stream()
            .map(years -> range(years.first(), years.last()))
            .sorted()
            .collect(Collectors.joining(",")));
    values.put(PAGE_SIZE, String.valueOf(pageSize));
    return new PlanHeader(values);
  }

  private static String range(int first, int last) {
    return first == last ? "" + first : first + "-" + last;
  }

  /** Rows of a full page. */
  public int pageSize() {
    return Integer.parseInt(values.getOrDefault(PAGE_SIZE, "0"));
  }

  /** What is chosen of the source. */
  Map<String, String> filters() {
    Map<String, String> filters = new LinkedHashMap<>(values);
    filters.remove(PAGE_SIZE);
    return filters;
  }

  /** The first value that differs, with what to do about it; empty if none does. */
  Optional<String> difference(PlanHeader recorded, String key) {
    for (SourceKey filter : SourceKey.FILTERS) {
      if (!filter.normal(value(filter.key())).equals(filter.normal(recorded.value(filter.key())))) {
        return Optional.of(words(filter.key(), recorded, key));
      }
    }
    return value(PAGE_SIZE).equals(recorded.value(PAGE_SIZE))
        ? Optional.empty()
        : Optional.of(words(PAGE_SIZE, recorded, key));
  }

  private String value(String key) {
    return values.getOrDefault(key, "");
  }

  private String words(String name, PlanHeader recorded, String key) {
    String known = recorded.value(name);
    return ("%s: configured is %s, but the plan %s was made for %s; %s, or keep another"
            + " harvest apart with another harvest.data-dir, s3.prefix and"
            + " s3.manifest-prefix")
        .formatted(
            name,
            shown(value(name)),
            key,
            shown(known),
            known.isEmpty() ? "leave it unset" : "set %s=%s".formatted(name, known));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "all" : value;
  }
}
