package cli;

import cli.terminal.Terminal;
import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import portal.SourceAwayException;
import portal.Surveyor;
import store.CredentialsChain;

/**
 * The context of a command: its streams, folder and environment, and the options that all commands
 * share.
 */
public final class Invocation {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Path folder;
  private final Map<String, String> environment;
  private final Surveyor surveyor;
  private final Pause pause;
  private final Terminal terminal;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Properties file to read instead of application.properties.")
  private @Nullable Path configFile;

  /**
   * @param in standard input
   * @param out standard output
   * @param err standard error
   * @param folder working folder
   * @param environment environment variables
   * @param surveyor knows the portal types
   * @param pause how a command waits before it polls again
   */
  public Invocation(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Path folder,
      Map<String, String> environment,
      Surveyor surveyor,
      Pause pause) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.folder = folder;
    this.environment = environment;
    this.surveyor = surveyor;
    this.pause = pause;
    this.terminal = Terminal.of(out, err, environment);
  }

  InputStream in() {
    return in;
  }

  public PrintStream out() {
    return out;
  }

  /** Whether somebody still reads what is printed; {@code head} leaves when it has seen enough. */
  boolean isRead() {
    return !out.checkError();
  }

  public PrintStream err() {
    return err;
  }

  /** Where the output goes. */
  public Terminal terminal() {
    return terminal;
  }

  /**
   * Waits before the command polls again.
   *
   * @throws InterruptedException on Ctrl-C
   */
  public void pause(Duration duration) throws InterruptedException {
    pause.last(duration);
  }

  /** A loader for the configuration sources of this invocation. */
  public ConfigurationLoader configuration() {
    ConfigurationLoader loader = ConfigurationLoader.in(folder, environment, surveyor.types());
    return configFile == null ? loader : loader.withConfigFile(configFile);
  }

  /** A file that an option names, which is relative to the working folder. */
  Path file(Path named) {
    return folder.resolve(named);
  }

  /** Reads total and pages from the source of a portal type that has one. */
  public Surveyor surveyor() {
    return surveyor;
  }

  /**
   * The configuration for a command that has to know total and pages, but writes nothing; its
   * credentials are those of the store from now on.
   *
   * @throws UsageException also if the source does not answer
   */
  Configuration surveyed() {
    ConfigurationLoader loader = configuration();
    Configuration configuration = loader.load();
    CredentialsChain.feed(loader.dotEnv(), loader.environment());
    return surveyed(configuration);
  }

  /**
   * The same of a configuration that is loaded, with its credentials.
   *
   * @throws UsageException if the source does not answer
   */
  public Configuration surveyed(Configuration configuration) {
    try {
      return surveyor.toRead(configuration, note -> err.println("warning: " + note));
    } catch (SourceAwayException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
