package cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code help}: how a command is called; without one, which commands there are. */
@Command(name = "help", description = "Shows the commands, or the options of one.")
public final class HelpCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to explain.")
  private @Nullable String name;

  @Override
  public Integer call() {
    CommandLine program = spec.commandLine().getParent();
    CommandLine command =
        name == null
            ? program
            : Optional.ofNullable(program.getSubcommands().get(name))
                .orElseThrow(() -> new UnmatchedArgumentException(program, List.of(name)));
    command.usage(program.getOut());
    return 0;
  }
}
