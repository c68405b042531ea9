package scripts;

import java.util.function.IntFunction;
import model.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps over a script's complete pages, with or without requesting stored documents again. */
public final class Walks {
  private static final Logger LOG = LoggerFactory.getLogger(Walks.class);

  private final ScriptTable scripts;
  private final IntFunction<RequestResult> start;
  private final ScriptListener listener;

  /**
   * @param start starts a script at once
   * @param listener is told of each walk
   */
  Walks(ScriptTable scripts, IntFunction<RequestResult> start, ScriptListener listener) {
    this.scripts = scripts;
    this.start = start;
    this.listener = listener;
  }

  /**
   * Walks a script's pages again, from the first, or looks for new pages of a source that it {@link
   * Orchestrator#follow follows}; starts it if it is not running. If the last script has no pages,
   * the last one that has some sweeps in its place, if it is of this instance: new pages are its.
   *
   * @return whether it starts at once; a stopping script does so when it is started again
   */
  public boolean sweep(int id) {
    int sweeper = scripts.sweeper(id);
    scripts.get(sweeper).sweep();
    return begin(sweeper, "walks its pages again");
  }

  /** Like {@link #sweep}, and also asks the portal for newer versions of stored documents. */
  public boolean refresh(int id) {
    int sweeper = scripts.sweeper(id);
    scripts.get(sweeper).refresh();
    return begin(sweeper, "walks its pages again, and asks for stored documents");
  }

  private boolean begin(int id, String words) {
    LogContext.script(id);
    LOG.info(words);
    LogContext.clear();
    listener.swept(id);
    return start.apply(id) != RequestResult.STOPPING;
  }
}
