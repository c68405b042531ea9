package scripts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners that are told of every change of a script. */
final class ScriptListeners implements ScriptListener {
  private final List<ScriptListener> all = new CopyOnWriteArrayList<>();

  void add(ScriptListener listener) {
    all.add(listener);
  }

  @Override
  public void changed(ScriptChange change) {
    all.forEach(listener -> listener.changed(change));
  }

  @Override
  public void swept(int script) {
    all.forEach(listener -> listener.swept(script));
  }
}
