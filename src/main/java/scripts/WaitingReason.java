package scripts;

import java.util.Locale;

/** What a waiting script waits for. */
public enum WaitingReason {
  CAPTCHA,
  PORTAL,
  STORE,
  ROBOTS;

  /** As the API spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
