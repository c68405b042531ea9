package simulation;

import audit.Rebuild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import ledger.DataFolder;
import ledger.FailureFilter;
import ledger.LedgerException;
import ledger.LedgerRestore;
import ledger.SimulatedLedger;
import model.PageRange;
import scripts.Orchestrator;
import store.SimulatedStore;
import store.StoreCalls;

/** What people and other systems do to a process. */
final class People {
  static final FailureFilter ALL_FAILURES = new FailureFilter(null, null, null);

  private final Universe universe;
  private final Random chance;
  private final Run run;

  People(Universe universe, Run run) {
    this.universe = universe;
    this.chance = universe.chance;
    this.run = run;
  }

  /** Someone answers captchas from now on, sometimes wrongly, in all following processes. */
  void answerCaptchas() {
    universe.world.spawn(
        new Process(),
        () -> {
          while (true) {
            universe.world.sleep(Duration.ofSeconds(20));
            run.life()
                .captchas()
                .waiting()
                .forEach(
                    captcha ->
                        run.life()
                            .captchas()
                            .answer(captcha.id(), chance.nextInt(5) == 0 ? "wrong" : "right"));
          }
        });
  }

  /** Do this and that for a while, unless the process is killed. */
  void act() throws Exception {
    for (int act = chance.nextInt(2, 8); act > 0 && !run.life().isKilled(); act--) {
      universe.world.sleep(Duration.ofMillis(chance.nextInt(12_000)), run.life().ended);
      if (!run.life().isKilled()) {
        actOnce();
      }
      if (!run.life().isKilled()) {
        run.life().check();
      }
    }
  }

  /** What a person does may be what meets the full disk, or the end. */
  private void actOnce() throws Exception {
    int script = chance.nextInt(1, universe.settings.scripts() + 1);
    int act = chance.nextInt(12);
    universe.trace.note("act " + act + " on script " + script);
    try {
      act(act, script, run.life().orchestrator());
    } catch (LedgerException e) {
      universe.trace.note("that failed: " + e.getMessage());
    }
  }

  private void act(int act, int script, Orchestrator orchestrator) throws Exception {
    switch (act) {
      case 0 -> orchestrator.stop(script);
      case 1 -> orchestrator.stopAll();
      case 2, 3 -> startAll(orchestrator, universe.settings);
      case 4 -> orchestrator.walks().sweep(script);
      case 5 -> orchestrator.remedies().retryFailed(ALL_FAILURES);
      case 6 -> orchestrator.accept(script);
      case 7 -> universe.portal.grow(chance.nextInt(1, 5));
      case 8 -> throughJmx(script);
      case 9 -> startSecondInstance();
      case 10 -> run.restart();
      default -> {}
    }
  }

  static void startAll(Orchestrator orchestrator, Settings settings) {
    Set<Integer> all = new TreeSet<>();
    for (int script = 1; script <= settings.scripts(); script++) {
      all.add(script);
    }
    orchestrator.startAll(all, Duration.ofMillis(100));
  }

  /** Camel's managed routes do no more than call its route controller. */
  private void throughJmx(int script) throws Exception {
    String name = universe.settings.plan().script(script).orElseThrow().name();
    if (chance.nextInt(3) == 0) {
      run.life().camel().getRouteController().startRoute(name);
    } else {
      run.life().camel().getRouteController().stopRoute(name);
    }
  }

  private void startSecondInstance() throws IOException {
    try {
      DataFolder.take(run.life().path()).close();
      universe.checks.require(false, () -> "a second instance takes the folder of the first");
    } catch (DataFolder.HeldException e) {
      universe.trace.note("a second instance is refused");
    }
  }

  /** The ledger is lost, and rebuilt from the bucket; returns its folder. */
  Path rebuild() throws Exception {
    universe.trace.note("rebuild");
    Path folder = universe.newFolder();
    try (LedgerRestore restore = SimulatedLedger.restore(folder.resolve("ledger.db"))) {
      Rebuild rebuild =
          new Rebuild(
              new SimulatedStore(
                      universe.bucket.server(null), Settings.store(), new StoreCalls(), true)
                  .store()
                  .manifests(),
              words -> universe.checks.require(false, () -> words),
              pages -> {});
      rebuild.restore(new PageRange(1, Integer.MAX_VALUE), restore);
      if (rebuild.lastPage() > universe.settings.plan().pages()) {
        restore.sweptTo(universe.settings.scripts(), rebuild.lastPage());
      }
      restore.finish();
    }
    return folder;
  }
}
