package monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import scripts.ScriptChange;
import scripts.ScriptListener;
import scripts.ScriptStatus;
import scripts.WaitingReason;

/** How many scripts are in each state, and how many wait for what. */
final class ScriptGauges implements ScriptListener {
  private final Map<Integer, ScriptChange> scripts = new ConcurrentHashMap<>();

  ScriptGauges(MeterRegistry registry) {
    for (ScriptStatus status : ScriptStatus.values()) {
      Gauge.builder("harvester.scripts", () -> count(script -> script.now() == status))
          .tag("status", status.word())
          .description("Scripts in this state")
          .register(registry);
    }
    for (WaitingReason reason : WaitingReason.values()) {
      Gauge.builder(
              "harvester.scripts.waiting", () -> count(script -> script.waitingReason() == reason))
          .tag("reason", reason.word())
          .description("Scripts that wait for this")
          .register(registry);
    }
  }

  private long count(Predicate<ScriptChange> which) {
    return scripts.values().stream().filter(which).count();
  }

  @Override
  public void changed(ScriptChange change) {
    scripts.put(change.script().id(), change);
  }
}
