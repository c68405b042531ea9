package alerts;

import alerts.Situation.AwayPeer;
import api.dto.AuditData;
import api.dto.ScriptData;
import api.dto.StatusData;
import api.dto.SystemData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import model.Percent;
import model.ServerText;
import model.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Finds conditions in the state of an instance that a person should know about. Remembers only what
 * a single state does not show: since when a script has made no progress. Not thread-safe.
 */
final class ConditionFinder {
  private static final double LEAST_DISK = 10;
  private static final double MOST_CPU = 80;
  private static final double MOST_MEMORY = 75;
  private static final double LEAST_SUCCESS = 98;
  private static final int LONGEST_ERROR = 300;

  private record Moved(@Nullable String at, long nanos) {}

  /** A working script shows signs of life more often. */
  private static final Duration LONGEST_STILL = Duration.ofSeconds(20);

  private final Ticker ticker;
  private final Map<Integer, Moved> moves = new HashMap<>();

  /** The scripts of which this process knows by itself whether they wait. */
  private final Set<Integer> seen = new HashSet<>();

  /** The result of each script when it last waited. */
  private final Map<Integer, Long> whileWaiting = new HashMap<>();

  ConditionFinder(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * All present conditions.
   *
   * @param told the keys of those that were reported already
   */
  List<Condition> find(Situation now, Set<String> told) {
    List<Condition> found = new ArrayList<>();
    StatusData status = now.status();
    status.scripts().forEach(script -> script(script, told, found));
    if (now.diskFreePercent() < LEAST_DISK) {
      found.add(
          Condition.ofInstance(
              AlertKind.DISK,
              words(
                  "the disk of the data folder has %s free (%,d MiB)",
                  Percent.words(now.diskFreePercent()), status.system().diskFreeBytes() >> 20)));
    }
    system(status.system(), found);
    Double success = status.successRate();
    if (success != null && success < LEAST_SUCCESS) {
      found.add(
          Condition.ofInstance(
              AlertKind.SUCCESS_RATE,
              words(
                  "the success rate is %.2f %%: %,d documents failed, %,d are stored",
                  success, status.failedDownloads(), status.totalFilesDownloaded())));
    }
    now.awayPeers().forEach(peer -> found.add(away(peer)));
    audit(status.lastAudit(), found);
    completed(status, found);
    return found;
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void script(ScriptData script, Set<String> told, List<Condition> found) {
    int id = script.scriptId();
    String reason = script.waitingReason();
    if (seen.add(id) && told.contains(waiting(id, "").key())) { // by an earlier process
      whileWaiting.put(id, result(script));
    }
    if (script.status().equals("error")) {
      found.add(Condition.ofScript(AlertKind.SCRIPT_ERROR, id, "is in error" + why(script)));
    }
    if ("captcha".equals(reason)) {
      found.add(Condition.ofScript(AlertKind.CAPTCHA, id, "waits for a person to read a captcha"));
    } else if (reason != null) {
      whileWaiting.put(id, result(script));
      found.add(waiting(id, "waits (" + reason + ")" + why(script)));
    } else if (hasNotGoneOn(script)) {
      found.add(waiting(id, "tries again after it had to wait" + why(script)));
    } else {
      whileWaiting.remove(id);
    }
    if (isStill(script)) {
      found.add(
          Condition.ofScript(
              AlertKind.NO_PROGRESS, id, "runs, but has made no progress" + why(script)));
    }
    if (isCompleted(script)) {
      found.add(
          Condition.ofScript(
              AlertKind.SCRIPT_COMPLETED,
              id,
              words(
                  "has completed its %,d pages: %,d documents stored, %,d failed, %,d rejected",
                  script.totalPages(),
                  script.totalFilesDownloaded(),
                  script.failedDownloads(),
                  script.rejectedDownloads())));
    }
  }

  private static Condition waiting(int script, String what) {
    return Condition.ofScript(AlertKind.SCRIPT_WAITING, script, what);
  }

  private static String why(ScriptData script) {
    return script.lastError() == null
        ? ""
        : ": " + ServerText.cut(ServerText.harmless(script.lastError()), LONGEST_ERROR);
  }

  /**
   * A waiting script retries now and then. It counts as waiting until one of its retries succeeds.
   */
  private boolean hasNotGoneOn(ScriptData script) {
    return script.isRunning()
        && Objects.equals(whileWaiting.get(script.scriptId()), result(script));
  }

  private static long result(ScriptData script) {
    return script.totalFilesDownloaded()
        + script.failedDownloads()
        + script.rejectedDownloads()
        + script.completedPages();
  }

  /** By time that passes, so that a change of the system's clock is no standstill. */
  private boolean isStill(ScriptData script) {
    Moved before = moves.get(script.scriptId());
    boolean runs = script.status().equals("running");
    if (before == null || !runs || !Objects.equals(before.at(), script.lastUpdated())) {
      moves.put(script.scriptId(), new Moved(script.lastUpdated(), ticker.nanos()));
      return false;
    }
    return ticker.nanos() - before.nanos() >= LONGEST_STILL.toNanos();
  }

  /** A script without pages has nothing to complete. */
  private static boolean isCompleted(ScriptData script) {
    return script.status().equals("completed") && script.totalPages() > 0;
  }

  private static void system(SystemData system, List<Condition> found) {
    Double cpu = system.cpuPercent();
    if (cpu != null && cpu > MOST_CPU) {
      found.add(
          Condition.ofInstance(
              AlertKind.CPU, words("the CPU load is %s (told above 80 %%)", Percent.words(cpu))));
    }
    Double memory = system.memoryPercent();
    if (memory != null && memory > MOST_MEMORY) {
      found.add(
          Condition.ofInstance(
              AlertKind.MEMORY,
              words("the memory use is %s (told above 75 %%)", Percent.words(memory))));
    }
  }

  private static Condition away(AwayPeer peer) {
    String who = "peer " + peer.address();
    String why = ServerText.cut(ServerText.harmless(peer.problem()), LONGEST_ERROR);
    return new Condition(AlertKind.PEER, null, who, who + " is unreachable: " + why);
  }

  private static void audit(@Nullable AuditData audit, List<Condition> found) {
    if (audit != null && !audit.isClean()) {
      found.add(
          Condition.ofInstance(
              AlertKind.AUDIT,
              words(
                  "the audit of %s is not clean (findings: %,d, gaps: %,d)",
                  audit.finished(), audit.findings(), audit.gaps())));
    }
  }

  private static void completed(StatusData status, List<Condition> found) {
    boolean isComplete =
        status.totalPages() > 0
            && !status.scripts().isEmpty()
            && status.scripts().stream().allMatch(script -> script.status().equals("completed"));
    if (isComplete) {
      found.add(
          Condition.ofInstance(
              AlertKind.HARVEST_COMPLETED,
              words(
                  "all scripts of this instance have completed: %,d documents stored, %,d failed, %,d rejected",
                  status.totalFilesDownloaded(),
                  status.failedDownloads(),
                  status.rejectedDownloads())));
    }
  }
}
