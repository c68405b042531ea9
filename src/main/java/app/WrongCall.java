package app;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line about a command, an option or a value that is not valid. */
final class WrongCall {
  /** What an option expects, by the type of its field. */
  private static final Map<String, String> EXPECTED =
      Map.of(
          "int", "a whole number",
          "Integer", "a whole number",
          "Double", "a number, such as 2.5",
          "BigDecimal", "a number, such as 2.5",
          "boolean", "the option without a value",
          "Path", "the path of a file");

  private static final int MOST_EDITS = 2;
  private static final int LETTERS_AN_EDIT = 3;

  private WrongCall() {}

  /** What is wrong, what would be right, and where to find help. */
  static String words(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String message =
        unmatched(wrong, command)
            .map(unmatched -> words(unmatched, command))
            .or(() -> wrongValue(wrong))
            .orElse(wrong.getMessage());
    return "%s; see %s --help".formatted(message, command.getCommandSpec().qualifiedName());
  }

  /**
   * The arguments that the command does not know. The library reports missing options first, but a
   * misspelled one was often meant to be one of those.
   */
  private static Optional<UnmatchedArgumentException> unmatched(
      ParameterException wrong, CommandLine command) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return Optional.of(unmatched);
    }
    return Optional.of(command.getUnmatchedArguments())
        .filter(unknown -> wrong instanceof MissingParameterException && !unknown.isEmpty())
        .map(unknown -> new UnmatchedArgumentException(command, unknown));
  }

  private static String words(UnmatchedArgumentException unmatched, CommandLine command) {
    String what =
        unmatched.isUnknownOption()
            ? "option"
            : command.getSubcommands().isEmpty() ? "argument" : "command";
    String given = unmatched.getUnmatched().get(0);
    Set<String> known =
        unmatched.isUnknownOption()
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet();
    String instead =
        nearest(given.replaceFirst("=.*", ""), known)
            .map(near -> "; did you mean " + near)
            .orElse(what.equals("command") ? "; expected one of " + String.join(", ", known) : "");
    return "unknown %s \"%s\"%s".formatted(what, given, instead);
  }

  /**
   * The word that was probably meant. The library's suggestions may have little in common with the
   * word, such as {@code start}, which starts scripts, for {@code stauts}.
   */
  private static Optional<String> nearest(String word, Set<String> known) {
    List<String> begun = known.stream().filter(other -> other.startsWith(word)).toList();
    if (begun.size() == 1 && !word.isEmpty()) {
      return Optional.of(begun.get(0));
    }
    return known.stream()
        .filter(
            other -> edits(word, other) <= Math.min(MOST_EDITS, word.length() / LETTERS_AN_EDIT))
        .min(Comparator.comparingInt(other -> edits(word, other)));
  }

  /** How many letters are wrong, missing, superfluous, or swapped with the next one. */
  private static int edits(String word, String other) {
    int[][] edits = new int[word.length() + 1][other.length() + 1];
    for (int i = 0; i <= word.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int change = word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(edits[i - 1][j - 1] + change, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && word.charAt(i - 1) == other.charAt(j - 2)
            && word.charAt(i - 2) == other.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[word.length()][other.length()];
  }

  /** A value that is not of the option's type; the library's message names Java's types. */
  private static Optional<String> wrongValue(ParameterException wrong) {
    ArgSpec arg = wrong.getArgSpec();
    @Nullable String value = wrong.getValue();
    if (arg == null || value == null) {
      return Optional.empty();
    }
    String type = (arg.isMultiValue() ? arg.auxiliaryTypes()[0] : arg.type()).getSimpleName();
    String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    return Optional.ofNullable(EXPECTED.get(type))
        .map(expected -> "%s: \"%s\" is not %s".formatted(name, value, expected));
  }
}
