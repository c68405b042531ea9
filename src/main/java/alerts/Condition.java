package alerts;

import org.jspecify.annotations.Nullable;

/**
 * Something that a person should know about as long as it lasts.
 *
 * @param script the script that it concerns; null for none
 * @param who the script or peer in words; empty for the whole instance
 * @param text what is wrong, in one line
 */
record Condition(AlertKind kind, @Nullable Integer script, String who, String text) {
  static Condition ofInstance(AlertKind kind, String text) {
    return new Condition(kind, null, "", text);
  }

  /**
   * @param what follows the number of the script
   */
  static Condition ofScript(AlertKind kind, int script, String what) {
    String who = "script " + script;
    return new Condition(kind, script, who, who + " " + what);
  }

  /** Identifies the condition as long as it lasts, even if its text changes. */
  String key() {
    return who.isEmpty() ? kind.word() : kind.word() + " " + who;
  }
}
