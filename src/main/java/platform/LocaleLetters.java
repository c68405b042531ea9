package platform;

/**
 * Letters in arguments, environment variables and file names that the process's locale cannot
 * represent.
 */
public final class LocaleLetters {
  /** The second part of a message about such a text: what is wrong with it, and what to do. */
  public static final String WORDS =
      "has letters that the locale of this process lacks; expected one with UTF-8: set"
          + " LC_ALL=C.UTF-8";

  private static final char INSTEAD = '\uFFFD';

  private LocaleLetters() {}

  /** Whether letters of a text were lost when the JVM decoded it. */
  public static boolean areLost(String text) {
    return text.indexOf(INSTEAD) >= 0;
  }
}
