package portal.opendata.plan;

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
    return values.entrySet().stream()
        .filter(own -> !own.getValue().equals(recorded.values.getOrDefault(own.getKey(), "")))
        .map(
            own -> {
              String known = recorded.values.getOrDefault(own.getKey(), "");
              return ("%s: configured is %s, but the plan %s was made for %s; %s, or keep another"
                      + " harvest apart with another harvest.data-dir, s3.prefix and"
                      + " s3.manifest-prefix")
                  .formatted(
                      own.getKey(),
                      shown(own.getValue()),
                      key,
                      shown(known),
                      known.isEmpty()
                          ? "leave it unset"
                          : "set %s=%s".formatted(own.getKey(), known));
            })
        .findFirst();
  }

  private static String shown(String value) {
    return value.isEmpty() ? "all" : value;
  }
}
