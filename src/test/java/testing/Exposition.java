package testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in Prometheus' text format, and what its linter ({@code promtool check metrics}) would
 * say about them.
 */
public final class Exposition {
  /** One value. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  private static final Pattern LINE = Pattern.compile("([A-Za-z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([A-Za-z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern ABBREVIATED =
      Pattern.compile(".*_(s|ms|us|ns|sec|b|kb|mb|gb|tb|pb|m|h|d)(_.*)?");
  private static final Pattern NOT_BASE =
      Pattern.compile(
          ".*(millisecond|microsecond|nanosecond|minute|hour|day|kilobyte|megabyte|gigabyte|bit|percent).*");
  private static final Pattern TYPE_IN_NAME =
      Pattern.compile(".*_(counter|gauge|histogram|summary|untyped)(_.*)?");
  private static final Set<String> OF_SUMMARIES = Set.of("histogram", "summary");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> helps = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Reads what an endpoint has served. */
  public Exposition(String text) {
    Set<String> seen = new java.util.HashSet<>();
    for (String line : text.split("\n")) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        helps.put(words[2], words.length > 3 ? words[3].strip() : "");
      } else if (line.startsWith("# TYPE ")) {
        if (types.put(words[2], words[3]) != null) {
          problems.add(words[2] + ": declared twice");
        }
      } else if (!line.isBlank() && !line.startsWith("#")) {
        samples.add(sample(line));
        if (!seen.add(line.substring(0, line.lastIndexOf(' ')))) {
          problems.add(line + ": a series twice");
        }
      }
    }
    types.forEach(this::lint);
    samples.forEach(this::lint);
  }

  private static Sample sample(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new AssertionError("no sample: " + line);
    }
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    String value = parts.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
    return new Sample(parts.group(1), labels, Double.parseDouble(value));
  }

  private void lint(String name, String type) {
    boolean isCounter = type.equals("counter");
    check(name, !helps.getOrDefault(name, "").isEmpty(), "no help");
    check(name, SNAKE_CASE.matcher(name).matches(), "not in snake_case");
    check(
        name, isCounter == name.endsWith("_total"), "_total is for counters, and for all of them");
    check(name, !ABBREVIATED.matcher(name).matches(), "abbreviated unit");
    check(name, !NOT_BASE.matcher(name).matches(), "not a base unit");
    check(name, !TYPE_IN_NAME.matcher(name).matches(), "its type in its name");
    check(
        name,
        OF_SUMMARIES.contains(type) || !name.matches(".*_(count|sum|bucket)"),
        "the suffix is for histograms");
  }

  private void lint(Sample sample) {
    check(sample.name(), types.containsKey(family(sample.name())), "no type");
    for (String label : sample.labels().keySet()) {
      check(sample.name(), SNAKE_CASE.matcher(label).matches(), "label " + label);
    }
  }

  private String family(String sample) {
    String stem = sample.replaceFirst("_(count|sum|bucket)$", "");
    return OF_SUMMARIES.contains(types.getOrDefault(stem, "")) ? stem : sample;
  }

  private void check(String name, boolean isRight, String problem) {
    if (!isRight) {
      problems.add(name + ": " + problem);
    }
  }

  /** What the linter would say. */
  public List<String> problems() {
    return problems;
  }

  /** All values. */
  public List<Sample> samples() {
    return samples;
  }

  /** The value of the one series with this name and these labels, given in pairs. */
  public double value(String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name + wanted))
        .value();
  }
}
