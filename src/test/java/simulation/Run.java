package simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import ledger.LedgerLooks;
import ledger.SimulatedLedger;

/** One seed: lives and deaths of a process, what people do meanwhile, and the end. */
final class Run {
  private static final int STEPS_TOLD = 60;

  /** The result of a run. */
  record Result(String digest, int requests, int calls, int lives, Duration time) {}

  private final Universe universe;
  private final int kills;
  private final People people;
  private int lives;
  private Life life;

  private Run(Universe universe, int kills) {
    this.universe = universe;
    this.kills = kills;
    this.people = new People(universe, this);
  }

  /**
   * Runs a seed.
   *
   * @throws AssertionError if a rule is broken, with the last steps before
   */
  static Result of(long seed, int documents, int kills, Mistake mistake, boolean isPrinted) {
    try (Universe universe = Universe.of(seed, documents, mistake, isPrinted)) {
      Run run = new Run(universe, kills);
      return run.result(
          "seed %d (replay: ./harvester test --seed %1$d)".formatted(seed), run::lives);
    }
  }

  /**
   * Lets one call of one port fail, then kills the process, and checks how the next one copes.
   *
   * @return whether there was such a call
   */
  static boolean failing(Port port, int call, boolean isForEver) {
    KthFailure failure = new KthFailure(port, call, isForEver);
    try (Universe universe = Universe.with(failure)) {
      Run run = new Run(universe, 1);
      run.result(
          "%s, call %d%s".formatted(port, call, isForEver ? " and all after it" : ""),
          run::oneFailure);
      return failure.wasMet();
    }
  }

  private interface Course {
    void run() throws Exception;
  }

  private Result result(String name, Course course) {
    try {
      universe.world.run(
          () -> {
            try {
              course.run();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      return new Result(
          universe.trace.digest(),
          universe.portal.requests(),
          universe.bucket.calls(),
          lives,
          Duration.ofNanos(universe.world.nanos()));
    } catch (Throwable e) {
      throw new AssertionError(
          "%s: %s%n%s".formatted(name, e.getMessage(), universe.trace.last(STEPS_TOLD)), e);
    } finally {
      letGo();
    }
  }

  /** A run that ends early leaves a process that nobody has closed. */
  private void letGo() {
    try {
      if (life != null) {
        life.letGo();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void lives() throws Exception {
    begin(firstFolder());
    people.answerCaptchas();
    for (int kill = 0; kill < kills; kill++) {
      Path left = untilKilled();
      if (universe.chance.nextInt(10) == 0) {
        check(left); // which nobody opens any more
        left = people.rebuild();
      }
      begin(left);
    }
    people.act();
    end();
  }

  private void oneFailure() throws Exception {
    begin(firstFolder());
    people.answerCaptchas();
    universe.world.sleep(Duration.ofMinutes(3));
    life.check();
    life.kill();
    Path left = life.bury();
    universe.faults.end(); // a process does not start on a full disk
    begin(left);
    end();
  }

  private Path firstFolder() throws IOException {
    Path folder = universe.newFolder();
    SimulatedLedger.create(folder.resolve("ledger.db"));
    return folder;
  }

  private void begin(Path folder) throws Exception {
    lives++;
    universe.trace.note("life " + lives);
    universe.portal.forget();
    universe.faults.turns();
    if (lives > 1 && universe.mistake.atRestart().length > 0) {
      SimulatedLedger.change(folder.resolve("ledger.db"), universe.mistake.atRestart());
    }
    life = new Life(universe, folder);
    life.check(); // what it has found
    life.start();
  }

  private Path untilKilled() throws Exception {
    life.killAt(universe.chance.nextInt(1, 2 + 8 * universe.settings.documents() / (kills + 1)));
    people.act();
    if (!life.isKilled()) {
      universe.trace.note("killed from outside");
      life.kill();
    }
    return life.bury();
  }

  /** The current process, or the last one. */
  Life life() {
    return life;
  }

  /** Ends the process in order, and starts the next. */
  void restart() throws Exception {
    begin(life.close());
  }

  /** Checks what a process has left that is no more. */
  private void check(Path left) throws Exception {
    try (LedgerLooks looks = SimulatedLedger.looks(left.resolve("ledger.db"))) {
      universe.checks.ledger(looks, universe.bucket);
    }
    universe.checks.tell();
  }

  private void end() throws Exception {
    new Calm(universe, life).comes();
    check(life.close());
  }
}
