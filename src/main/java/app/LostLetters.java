package app;

import java.util.Arrays;
import java.util.Optional;
import platform.LocaleLetters;

/**
 * In a locale such as C, Java cannot read letters beyond ASCII, neither in arguments nor in the
 * name of the working folder. They are lost before the program starts, so all it can do is say so.
 */
final class LostLetters {
  private LostLetters() {}

  /**
   * What is wrong, in one line.
   *
   * @param folder path of the working folder
   */
  static Optional<String> in(String folder, String... args) {
    if (LocaleLetters.areLost(folder)) {
      return Optional.of("the working folder \"%s\" %s".formatted(folder, LocaleLetters.WORDS));
    }
    return Arrays.stream(args)
        .filter(LocaleLetters::areLost)
        .findFirst()
        .map(arg -> "the argument \"%s\" %s".formatted(arg, LocaleLetters.WORDS));
  }
}
