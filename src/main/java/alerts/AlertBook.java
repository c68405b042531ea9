package alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import model.ApiFormat;
import model.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Which conditions have been reported. Decides what to report now: conditions that have lasted long
 * enough, still last, or are over, and each completion once. Not thread-safe.
 */
final class AlertBook {
  /** Once reported, a condition that disappears for less than this is still the same one. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /**
   * A condition that has been reported.
   *
   * @param since ISO-8601
   * @param told when it was last reported, ISO-8601
   */
  record Open(
      String key, String kind, @Nullable Integer script, String who, String since, String told) {
    private Open toldAt(Instant now) {
      return new Open(key, kind, script, who, since, ApiFormat.time(now));
    }
  }

  /** An alert, and whether it was reported before. */
  record Told(Alert alert, boolean repeated) {}

  private record Begun(Instant at, long nanos) {}

  private final int instance;
  private final Duration after;
  private final Duration repeat;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Set<String> completed = new TreeSet<>();
  private final Map<String, Begun> begun = new HashMap<>();
  private final Map<String, Long> absentSince = new HashMap<>();

  /**
   * @param after how long a condition must last before it is reported
   * @param repeat after what time it is reported again; zero for never
   */
  AlertBook(int instance, Duration after, Duration repeat, Ticker ticker, InstantSource clock) {
    this.instance = instance;
    this.after = after;
    this.repeat = repeat;
    this.ticker = ticker;
    this.clock = clock;
  }

  /** Takes over what an earlier process has reported. */
  void restore(Collection<Open> told, Collection<String> completions) {
    told.forEach(condition -> open.put(condition.key(), condition));
    completed.addAll(completions);
  }

  /** The conditions that have been reported and are not over. */
  List<Open> open() {
    return List.copyOf(open.values());
  }

  /** The keys of those conditions. */
  Set<String> openKeys() {
    return Set.copyOf(open.keySet());
  }

  /** The keys of the completions that have been reported. */
  Set<String> completions() {
    return Set.copyOf(completed);
  }

  /**
   * Evaluates the present conditions.
   *
   * @return the alerts to report now
   */
  List<Told> look(List<Condition> now) {
    List<Told> told = new ArrayList<>();
    Map<String, Condition> present =
        now.stream()
            .collect(Collectors.toMap(Condition::key, Function.identity(), (one, same) -> one));
    begun.keySet().retainAll(present.keySet());
    for (Condition condition : now) {
      if (condition.kind().isCompletion()) {
        complete(condition, told);
      } else {
        lasts(condition, told);
      }
    }
    close(present.keySet(), told);
    return told;
  }

  private void complete(Condition condition, List<Told> told) {
    if (completed.add(condition.key())) {
      told.add(new Told(alert(condition, ApiFormat.time(clock.instant())), false));
    }
  }

  private void lasts(Condition condition, List<Told> told) {
    String key = condition.key();
    absentSince.remove(key);
    Open before = open.get(key);
    if (before != null) {
      if (isDueAgain(before)) {
        open.put(key, before.toldAt(clock.instant()));
        told.add(new Told(alert(condition, before.since()), true));
      }
      return;
    }
    Begun first = begun.computeIfAbsent(key, absent -> new Begun(clock.instant(), ticker.nanos()));
    if (ticker.nanos() - first.nanos() >= after.toNanos()) {
      String since = ApiFormat.time(first.at());
      begun.remove(key);
      open.put(
          key,
          new Open(
              key,
              condition.kind().word(),
              condition.script(),
              condition.who(),
              since,
              ApiFormat.time(clock.instant())));
      told.add(new Told(alert(condition, since), false));
    }
  }

  private boolean isDueAgain(Open before) {
    Instant now = clock.instant();
    Instant last = Instant.parse(before.told());
    if (last.isAfter(now)) { // the system's clock was set back
      open.put(before.key(), before.toldAt(now));
      return false;
    }
    return !repeat.isZero() && !now.isBefore(last.plus(repeat));
  }

  private Alert alert(Condition condition, String since) {
    return new Alert(
        "instance %d: %s".formatted(instance, condition.text()),
        condition.kind().word(),
        Alert.OPEN,
        instance,
        condition.script(),
        since);
  }

  private void close(Set<String> present, List<Told> told) {
    Duration pause = after.compareTo(LONGEST_PAUSE) < 0 ? after : LONGEST_PAUSE;
    for (Iterator<Open> each = open.values().iterator(); each.hasNext(); ) {
      Open condition = each.next();
      if (present.contains(condition.key())) {
        continue;
      }
      long since = absentSince.computeIfAbsent(condition.key(), key -> ticker.nanos());
      if (ticker.nanos() - since >= pause.toNanos()) {
        each.remove();
        absentSince.remove(condition.key());
        told.add(new Told(over(condition), false));
      }
    }
  }

  private Alert over(Open condition) {
    String words =
        AlertKind.of(condition.kind())
            .map(kind -> kind.over(condition.who()))
            .orElse(condition.key() + " is over");
    return new Alert(
        "instance %d: %s".formatted(instance, words),
        condition.kind(),
        Alert.CLOSED,
        instance,
        condition.script(),
        condition.since());
  }
}
