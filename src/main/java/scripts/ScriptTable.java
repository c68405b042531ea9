package scripts;

import config.HarvestSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger.InstanceMemory;
import ledger.Ledger;
import ledger.LedgerException;
import model.Distribution;
import model.Script;
import model.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scripts of this instance by number, and which of them the next process must start again. */
final class ScriptTable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptTable.class);

  private final Map<Integer, ScriptControl> scripts = new LinkedHashMap<>();
  private final InstanceMemory memory;
  private final int lastScript;
  private final int follower;

  /**
   * @param clock the wall clock
   * @param ticker for waits and rates
   */
  static ScriptTable of(
      HarvestSettings harvest,
      Ledger ledger,
      ScriptListener listener,
      InstantSource clock,
      Ticker ticker) {
    Distribution distribution = harvest.distribution();
    Script last = distribution.scriptOfPage(distribution.pages());
    List<ScriptControl> own = new ArrayList<>();
    for (Script script : distribution.scriptsOf(harvest.instanceId())) {
      own.add(new ScriptControl(script, script.equals(last), ledger, listener, clock, ticker));
    }
    return new ScriptTable(own, ledger.instance(), distribution.scripts().size(), last.id());
  }

  /**
   * @param lastScript number of the last script of all instances
   * @param follower number of the last script that has pages
   */
  private ScriptTable(
      Collection<ScriptControl> scripts, InstanceMemory memory, int lastScript, int follower) {
    scripts.forEach(script -> this.scripts.put(script.script().id(), script));
    this.memory = memory;
    this.lastScript = lastScript;
    this.follower = follower;
  }

  /** Every script, in the order of its numbers. */
  Collection<ScriptControl> all() {
    return scripts.values();
  }

  Set<Integer> ids() {
    return scripts.keySet();
  }

  boolean has(int id) {
    return scripts.containsKey(id);
  }

  ScriptControl get(int id) {
    ScriptControl script = scripts.get(id);
    if (script == null) {
      throw new IllegalArgumentException("script " + id + " is not of this instance");
    }
    return script;
  }

  /**
   * The script that sweeps when this one is asked to: whoever has the last script swept wants what
   * has been added, and if that script has no pages, another one takes it.
   */
  int sweeper(int id) {
    return id == lastScript && has(follower) ? follower : id;
  }

  int count(ScriptStatus status) {
    int count = 0;
    for (ScriptControl script : scripts.values()) { // with every request: without a stream
      if (script.status() == status) {
        count++;
      }
    }
    return count;
  }

  /**
   * Records it for the next start of the instance; a failure does not affect the current operation.
   */
  synchronized void remember(Collection<Integer> ids, boolean running) {
    try {
      memory.setRunning(ids, running);
    } catch (LedgerException e) {
      LOG.warn(
          "the state of scripts {} could not be saved for the next start: {}", ids, e.getMessage());
    }
  }

  /** Records that the script has ended by itself, unless it has been started again meanwhile. */
  synchronized void rememberEnd(int id) {
    if (!get(id).status().isRunning()) {
      remember(List.of(id), false);
    }
  }
}
