package portal;

import java.util.Optional;

/**
 * Keeps the state of a session across restarts of the program, so that a portal that still has the
 * session is not asked for another one.
 */
public interface SessionMemory {
  /** Keeps nothing, for short-lived sessions. */
  SessionMemory NONE =
      new SessionMemory() {
        @Override
        public Optional<String> recall() {
          return Optional.empty();
        }

        @Override
        public void keep(String state) {}
      };

  /** The last state kept; empty if none. */
  Optional<String> recall();

  /**
   * Replaces the state. Written shortly afterwards, so a crash may lose it.
   *
   * @param state as {@link #recall} will return it
   */
  void keep(String state);
}
