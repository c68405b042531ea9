package scripts;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger.InstanceMemory;
import ledger.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scripts of this instance by number, and which of them the next process must start again. */
final class ScriptTable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptTable.class);

  private final Map<Integer, ScriptControl> scripts = new LinkedHashMap<>();
  private final InstanceMemory memory;

  ScriptTable(Collection<ScriptControl> scripts, InstanceMemory memory) {
    scripts.forEach(script -> this.scripts.put(script.script().id(), script));
    this.memory = memory;
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

  Set<Integer> completed() {
    Set<Integer> completed = new TreeSet<>();
    for (ScriptControl script : scripts.values()) {
      if (script.status() == ScriptStatus.COMPLETED) {
        completed.add(script.script().id());
      }
    }
    return completed;
  }

  int count(ScriptStatus status) {
    return (int) scripts.values().stream().filter(script -> script.status() == status).count();
  }

  /**
   * Records it for the next start of the instance; a failure does not affect the current operation.
   */
  void remember(Collection<Integer> ids, boolean running) {
    try {
      memory.setRunning(ids, running);
    } catch (LedgerException e) {
      LOG.warn(
          "the state of scripts {} could not be saved for the next start: {}", ids, e.getMessage());
    }
  }
}
