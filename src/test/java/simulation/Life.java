package simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import ledger.DataFolder;
import ledger.Ledger;
import ledger.LedgerLooks;
import ledger.SimulatedLedger;
import org.apache.camel.impl.DefaultCamelContext;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import store.Store;

/** One process of the program, from its start to its end or its death. */
final class Life {
  private static final Duration WIND_DOWN = Duration.ofSeconds(15);

  final Process process = new Process();
  final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Universe universe;
  private final World world;
  private final Path path;
  private final DataFolder folder;
  private final SimulatedLedger ledger;
  private final Program program;
  private int met;
  private int killedAt = Integer.MAX_VALUE;
  private Path remains;
  private boolean isLetGo;

  Life(Universe universe, Path path) throws Exception {
    this.universe = universe;
    this.world = universe.world;
    this.path = path;
    this.folder = DataFolder.take(path);
    this.ledger = SimulatedLedger.open(folder.ledgerFile(), world::instant, new Commits());
    this.program = new Program(universe, this, folder, ledger.ledger());
  }

  /** Starts it on what it has found on the disk. */
  void start() {
    program.start();
  }

  Ledger ledger() {
    return ledger.ledger();
  }

  LedgerLooks looks() {
    return ledger.looks();
  }

  Orchestrator orchestrator() {
    return program.orchestrator;
  }

  PendingCaptchas captchas() {
    return program.captchas;
  }

  DefaultCamelContext camel() {
    return program.camel;
  }

  Store store() {
    return program.store;
  }

  Path path() {
    return path;
  }

  /** Checks all that must hold at every moment. */
  void check() throws SQLException {
    universe.checks.ledger(looks(), universe.bucket);
    checkSpool();
    universe.checks.tell();
  }

  /** A large spool is never full, whatever is in it. */
  void checkSpool() {
    if (universe.settings.hasSmallSpool()) {
      universe.checks.spool(folder.spool(), universe.settings.spoolBytes());
    }
  }

  /** Ends the process at the n-th call to the outside from now on. */
  void killAt(int n) {
    killedAt = met + n;
  }

  /** The process calls the outside, and may be killed at this point. */
  void meets(Port port) {
    World.requireAlive();
    if (++met == killedAt) {
      universe.trace.note("killed at the " + port);
      kill();
      throw new Killed();
    }
  }

  /** Whatever is on the disk now is what the next process finds. */
  void kill() {
    try {
      remains = universe.newFolder();
      SimulatedLedger.copy(folder.ledgerFile(), remains.resolve("ledger.db"));
      Files.createDirectories(remains.resolve("spool"));
      Files.writeString(remains.resolve("spool").resolve("1-left.pdf"), "%PDF-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    world.kill(process);
    universe.checks.killed();
    ended.complete(null);
  }

  boolean isKilled() {
    return process.isKilled();
  }

  /** The trouble that the store made for an object. */
  void storeTrouble(String key, int outage) {
    if (key.startsWith(Bucket.DOCUMENTS)) {
      universe.portal.trouble(key.substring(Bucket.DOCUMENTS.length()), outage);
    }
  }

  /** The next file cannot be created in the spool. */
  void spoolFails() {
    Path away = path.resolve("spool.away");
    try {
      Files.move(folder.spool(), away);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    world.beforeNext(
        () -> {
          try {
            Files.move(away, folder.spool());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Ends the process in order; returns the folder for the next one. */
  Path close() throws Exception {
    orchestrator().shutdown();
    long end = world.nanos() + WIND_DOWN.toNanos();
    while (orchestrator().isAtWork() && world.nanos() < end && !isKilled()) {
      world.sleep(Duration.ofMillis(200), ended);
    }
    if (isKilled()) {
      return bury();
    }
    program.stop();
    world.kill(process);
    release();
    return path;
  }

  /** What a dead process leaves; returns the folder for the next one. */
  Path bury() throws Exception {
    release();
    return remains;
  }

  private void release() throws Exception {
    while (process.threads() > 0) {
      world.pass();
    }
    program.stop();
    letGo();
  }

  /** Closes what it still holds open; none of its threads is running any more. */
  void letGo() throws Exception {
    if (!isLetGo) {
      isLetGo = true;
      ledger.close();
      program.close();
      folder.close();
    }
  }

  /** A ledger fails as disks do, or the process ends at a commit. */
  private final class Commits implements SimulatedLedger.Commits {
    @Override
    public void begins() throws SQLException {
      meet();
      if (universe.faults.commitFails()) {
        universe.trace.note("a commit fails");
        throw new SQLException(
            met % 2 == 0
                ? "[SQLITE_FULL] database or disk is full"
                : "[SQLITE_IOERR] disk I/O error");
      }
    }

    @Override
    public void commits() throws SQLException {
      meet();
    }

    @Override
    public void committed() throws SQLException {
      meet();
    }

    /** The ledger hears of it as of any failure; whoever waits for it ends at its next step. */
    private void meet() throws SQLException {
      if (isKilled()) {
        throw new SQLException("killed");
      }
      if (++met == killedAt) {
        universe.trace.note("killed at a commit");
        kill();
        throw new SQLException("killed");
      }
    }
  }
}
