package simulation;

import java.util.ArrayList;
import java.util.List;

/** Threads that are killed together. */
final class Process {
  private final List<Fiber> fibers = new ArrayList<>();
  private boolean isKilled;

  void add(Fiber fiber) {
    fibers.add(fiber);
  }

  void remove(Fiber fiber) {
    fibers.remove(fiber);
  }

  /** From now on the process counts as killed; its threads do not know it yet. */
  List<Fiber> kill() {
    isKilled = true;
    return fibers;
  }

  boolean isKilled() {
    return isKilled;
  }

  int threads() {
    return fibers.size();
  }
}
