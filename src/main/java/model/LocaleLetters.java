package model;

/** Letters of arguments, of the environment and of file names that the process's locale lacks. */
public final class LocaleLetters {
  /** What is wrong with a text that had some, and what to do; completes its name. */
  public static final String WORDS =
      "has letters that the locale of this process lacks; expected one with UTF-8: set"
          + " LC_ALL=C.UTF-8";

  private static final char INSTEAD = '\uFFFD';

  private LocaleLetters() {}

  /** Whether letters of a text were lost when the JVM read it. */
  public static boolean areLost(String text) {
    return text.indexOf(INSTEAD) >= 0;
  }
}
