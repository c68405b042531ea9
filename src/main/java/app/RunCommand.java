package app;

import cli.Invocation;
import config.Configuration;
import config.ConfigurationLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import store.CredentialsChain;

/** {@code run}: one instance, until a signal ends it. */
@Command(
    name = "run",
    description = "Runs one instance: its scripts, the REST API and the dashboard.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private final Invocation invocation;

  RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws Exception {
    ConfigurationLoader loader = invocation.configuration();
    Configuration configuration = loader.loadToRun();
    CredentialsChain.feed(loader.dotEnv(), loader.environment());
    Serving serving = Serving.start(configuration);
    invocation
        .out()
        .printf(
            "instance %d of %d: dashboard %s, log %s%n",
            configuration.harvest().instanceId(),
            configuration.harvest().distribution().instances(),
            serving.address(),
            configuration.harvest().dataDir().resolve("logs"));
    loader.exposedFiles().forEach(this::warn);
    new CountDownLatch(1).await(); // a signal ends the process
    return 0;
  }

  private void warn(Path exposed) {
    String words = "%s holds secrets and every user can read it: chmod 600 %1$s".formatted(exposed);
    LOG.warn(words);
    invocation.out().println("warning: " + words);
  }
}
