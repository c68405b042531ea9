package app;

import cli.Invocation;
import cli.MachineFault;
import com.fasterxml.jackson.databind.json.JsonMapper;
import config.ConfigKey;
import config.Configuration;
import config.ConfigurationLoader;
import config.PropertiesFile;
import config.UsageException;
import config.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import store.CredentialsChain;

/** {@code check}: tests the configuration before a harvest. */
@Command(
    name = "check",
    description =
        "Tests portal, bucket and machine before a harvest, and says what would go wrong and how"
            + " long it would take. Stores nothing.")
final class CheckCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--write",
      description = "Write the values derived from the portal to the properties file.")
  private boolean write;

  CheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws Exception {
    MachineFault.requireTemporaryFolder();
    ConfigurationLoader loader = invocation.configuration();
    Configuration loaded = loader.loadToRun();
    CredentialsChain.feed(loader.dotEnv(), loader.environment());
    Configuration configuration = invocation.surveyed(loaded);
    CheckReport report = new CheckReport();
    loader.withoutEffect().forEach(words -> report.warn("configuration", words));
    new PortalCheck(PortalTypes.KNOWN, loader, configuration, report).run();
    new SurroundingsCheck(configuration, report).run();
    if (write && !report.derived().isEmpty()) {
      write(loader, report);
    }
    invocation
        .out()
        .println(
            json
                ? new JsonMapper().writeValueAsString(report)
                : report.text(
                    invocation.terminal().longestLine(),
                    loader.propertiesFile().getFileName() + ""));
    return report.isOk() ? 0 : 1;
  }

  private static void write(ConfigurationLoader loader, CheckReport report) {
    Path file = loader.propertiesFile();
    try {
      PropertiesFile.set(file, report.derived());
    } catch (IOException e) {
      throw new UsageException(
          "--write: \"%s\" cannot be written (%s); expected a file and a folder that this user may write"
              .formatted(file.getFileName(), e.getClass().getSimpleName()),
          e);
    }
    Values now = loader.loadToRun().values();
    report.written(
        Stream.of(ConfigKey.TOTAL_RESULTS, ConfigKey.PAGE_SIZE, ConfigKey.PAGES)
            .filter(key -> report.derived().containsKey(key.key()))
            .allMatch(key -> now.required(key).equals(report.derived().get(key.key()))));
  }
}
