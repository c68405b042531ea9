package portal;

import java.util.Optional;

/**
 * What a session has to know again when the program is started anew: a portal that keeps a session
 * must not be asked for another.
 */
public interface SessionMemory {
  /** What was kept last; empty when nothing was. */
  Optional<String> recall();

  /**
   * Keeps this in place of what was kept before. Written a little later: a crash may lose it.
   *
   * @param state as {@link #recall} is to give it back
   */
  void keep(String state);
}
