package monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import model.ApiFormat;
import org.jspecify.annotations.Nullable;

/** Totals for each step of a time span that ends now. Older steps are dropped. */
public final class RollingSeries {
  /**
   * The totals of one step.
   *
   * @param seconds how much of the step was recorded
   * @param stored documents
   * @param failed documents given up
   * @param answers responses of the portal
   * @param answerSeconds their total time
   */
  record Step(double seconds, double stored, double failed, double answers, double answerSeconds) {
    private Step plus(Step other) {
      return new Step(
          seconds + other.seconds,
          stored + other.stored,
          failed + other.failed,
          answers + other.answers,
          answerSeconds + other.answerSeconds);
    }

    private @Nullable Double filesPerSecond() {
      return seconds <= 0 ? null : ApiFormat.rounded(stored / seconds);
    }

    private Long failures() {
      return Math.round(failed);
    }

    private @Nullable Double responseSeconds() {
      return answers == 0 ? null : ApiFormat.rounded(answerSeconds / answers);
    }
  }

  /**
   * Figures of each step, oldest first; null where nothing is known.
   *
   * @param from begin of the first step
   */
  public record Figures(
      long stepSeconds,
      Instant from,
      List<@Nullable Double> filesPerSecond,
      List<@Nullable Long> failures,
      List<@Nullable Double> responseSeconds) {}

  private final long stepSeconds;
  private final @Nullable Step[] steps;
  private final long[] numbers;

  /**
   * @param step duration of a step
   * @param span duration of all steps together
   */
  RollingSeries(Duration step, Duration span) {
    this.stepSeconds = step.toSeconds();
    this.steps = new Step[(int) (span.toSeconds() / stepSeconds)];
    this.numbers = new long[steps.length];
  }

  void add(Instant time, Step step) {
    long number = number(time);
    int slot = slot(number);
    Step before = steps[slot];
    steps[slot] = before != null && numbers[slot] == number ? before.plus(step) : step;
    numbers[slot] = number;
  }

  /** Every step of the span, with null where nothing is known. */
  Figures until(Instant now) {
    long last = number(now);
    long first = last - steps.length + 1;
    return new Figures(
        stepSeconds,
        Instant.ofEpochSecond(first * stepSeconds),
        each(first, last, Step::filesPerSecond),
        each(first, last, Step::failures),
        each(first, last, Step::responseSeconds));
  }

  /** The steps of the span of which something is known, by their numbers. */
  Map<Long, Step> steps(Instant now) {
    long last = number(now);
    Map<Long, Step> known = new LinkedHashMap<>();
    for (long number = last - steps.length + 1; number <= last; number++) {
      Step step = numbers[slot(number)] == number ? steps[slot(number)] : null;
      if (step != null) {
        known.put(number, step);
      }
    }
    return known;
  }

  /** Takes over the steps that belong to the span. */
  void restore(Map<Long, Step> known, Instant now) {
    long last = number(now);
    known.forEach(
        (number, step) -> {
          if (number > last - steps.length && number <= last) {
            steps[slot(number)] = step;
            numbers[slot(number)] = number;
          }
        });
  }

  private <T> List<@Nullable T> each(long first, long last, Function<Step, @Nullable T> figure) {
    List<@Nullable T> figures = new ArrayList<>(steps.length);
    LongStream.rangeClosed(first, last)
        .mapToObj(number -> numbers[slot(number)] == number ? steps[slot(number)] : null)
        .forEach(step -> figures.add(step == null ? null : figure.apply(step)));
    return figures;
  }

  private long number(Instant time) {
    return time.getEpochSecond() / stepSeconds;
  }

  private int slot(long number) {
    return (int) (number % steps.length);
  }
}
