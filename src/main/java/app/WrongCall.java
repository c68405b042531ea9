package app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    List<String> near = unmatched.getSuggestions();
    String instead =
        !near.isEmpty()
            ? "; did you mean " + near.get(0)
            : what.equals("command")
                ? "; expected one of " + String.join(", ", command.getSubcommands().keySet())
                : "";
    return "unknown %s \"%s\"%s".formatted(what, unmatched.getUnmatched().get(0), instead);
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
