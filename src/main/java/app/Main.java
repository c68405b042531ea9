package app;

import cli.AcceptCommand;
import cli.AlertCommand;
import cli.AuditCommand;
import cli.CaptchaCommand;
import cli.FailuresCommand;
import cli.GapCommand;
import cli.HelpCommand;
import cli.Invocation;
import cli.LogsCommand;
import cli.MachineFault;
import cli.Pause;
import cli.PlanCommand;
import cli.RebuildCommand;
import cli.RetryFailedCommand;
import cli.StartCommand;
import cli.StatusCommand;
import cli.StopCommand;
import cli.SweepCommand;
import config.UsageException;
import config.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import platform.OutOfMemory;

/** The command line: one verb per command, one line on stderr for a mistake. */
@Command(
    name = "judgment-harvester",
    description = "Copies every judgment that a public portal lists into an S3 bucket.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT)
public final class Main implements Callable<Integer> {
  @Mixin private final Invocation invocation;

  private Main(Invocation invocation) {
    this.invocation = invocation;
  }

  public static void main(String[] args) throws InterruptedException {
    Locale.setDefault(Locale.ROOT); // otherwise some locales write numbers with other digits
    EarlySignal.watch(args);
    OutOfMemory.watchThreads();
    Output stdout = new Output(new FileOutputStream(FileDescriptor.out));
    PrintStream out = stdout.stream();
    System.setOut(out);
    System.setErr(new Output(new FileOutputStream(FileDescriptor.err)).stream());
    int exit;
    try {
      exit = run(args, out);
      if (stdout.lost() != null && !EarlySignal.areServing(args)) {
        System.err.printf(
            "what %s printed is incomplete: standard output cannot be written (%s)%n",
            String.join(" ", args), stdout.lost());
        exit = Math.max(exit, ExitCode.SOFTWARE);
      }
    } catch (Throwable fault) { // otherwise threads that already run would keep the process alive
      OutOfMemory.endIfCauseOf(fault);
      fault.printStackTrace();
      exit = ExitCode.USAGE;
    }
    EarlySignal.leave();
    System.exit(exit);
  }

  private static int run(String[] args, PrintStream out) {
    Optional<String> lost = LostLetters.in(System.getProperty("user.dir"), args);
    if (lost.isPresent()) {
      System.err.println(lost.get());
      return ExitCode.USAGE;
    }
    return run(args, System.in, out, System.err, Path.of(""), System.getenv(), Pause.SLEEP);
  }

  /**
   * Runs one command.
   *
   * @param args as on the command line
   * @param in standard input
   * @param out standard output
   * @param err standard error
   * @param folder working folder
   * @param environment environment variables
   * @param pause how a command waits before it polls again
   * @return the exit code: 0 for success, 1 for a fault of the machine that may be temporary, 2 for
   *     a user's mistake; commands may use others
   */
  public static int run(
      String[] args,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Path folder,
      Map<String, String> environment,
      Pause pause) {
    Invocation invocation =
        new Invocation(
            in, out, err, folder, environment, PortalTypes.KNOWN.surveyor(folder), pause);
    return new CommandLine(new Main(invocation))
        .addSubcommand(new CheckCommand(invocation))
        .addSubcommand(new RunCommand(invocation))
        .addSubcommand(new DemoCommand(invocation))
        .addSubcommand(new StatusCommand(invocation))
        .addSubcommand(new StartCommand(invocation))
        .addSubcommand(new StopCommand(invocation))
        .addSubcommand(new AcceptCommand(invocation))
        .addSubcommand(new SweepCommand(invocation))
        .addSubcommand(new LogsCommand(invocation))
        .addSubcommand(new CaptchaCommand(invocation))
        .addSubcommand(new PlanCommand(invocation))
        .addSubcommand(new AuditCommand(invocation, InstantSource.system()))
        .addSubcommand(new FailuresCommand(invocation))
        .addSubcommand(new RetryFailedCommand(invocation))
        .addSubcommand(new RebuildCommand(invocation))
        .addSubcommand(new GapCommand(invocation))
        .addSubcommand(new AlertCommand(invocation))
        .addSubcommand(new HelpCommand())
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setColorScheme(
            Help.defaultColorScheme(invocation.terminal().canRedraw() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(true)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Main::onWrongCall)
        .setExecutionExceptionHandler(Main::onException)
        .execute(args);
  }

  /** Called without a command: {@code run}. */
  @Override
  public Integer call() throws Exception {
    return new RunCommand(invocation).call();
  }

  private static int onWrongCall(ParameterException wrong, String[] args) {
    return tell(wrong.getCommandLine(), new UsageException(WrongCall.words(wrong)));
  }

  /**
   * A mistake of the user is reported in one line; anything else is a bug, and is reported with its
   * stack trace.
   */
  private static int onException(
      Exception exception, CommandLine command, CommandLine.ParseResult result) {
    OutOfMemory.endIfCauseOf(exception);
    if (exception instanceof UsageException mistake) {
      return tell(command, mistake);
    }
    if (exception instanceof MachineFault fault) {
      command.getErr().println(fault.getMessage());
      return ExitCode.SOFTWARE;
    }
    exception.printStackTrace(command.getErr());
    return ExitCode.USAGE;
  }

  private static int tell(CommandLine command, UsageException mistake) {
    command.getErr().println(mistake.getMessage());
    return ExitCode.USAGE;
  }
}
