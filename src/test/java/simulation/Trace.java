package simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, step by step: the last steps in words, and all of them as one number. */
final class Trace {
  private static final int KEPT = 2_000;

  private final boolean isPrinted;
  private final List<String> steps = new ArrayList<>();
  private long digest = 17;
  private long count;

  Trace(boolean isPrinted) {
    this.isPrinted = isPrinted;
  }

  void note(String step) {
    count++;
    digest = digest * 31 + step.hashCode();
    if (isPrinted) {
      System.out.println(step);
    } else if (steps.size() == KEPT) {
      steps.subList(0, KEPT / 2).clear();
    }
    steps.add(step);
  }

  /** The same for the same steps in the same order. */
  String digest() {
    return count + " steps, " + Long.toHexString(digest);
  }

  String last(int most) {
    return String.join("\n", steps.subList(Math.max(0, steps.size() - most), steps.size()));
  }
}
