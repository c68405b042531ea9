package app;

import cli.Invocation;
import config.Configuration;
import config.ConfigurationLoader;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import store.CredentialsChain;

/** {@code run}: one instance, until a signal ends it. */
@Command(
    name = "run",
    description = "Runs one instance: its scripts, the REST API and the dashboard.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private final Invocation invocation;

  @Option(
      names = "--accept-changes",
      description =
          "Accept a total or an assignment that was corrected since the harvest began, and record"
              + " it in the bucket.")
  private boolean acceptChanges;

  RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws Exception {
    SmallHeap.keep();
    ConfigurationLoader loader = invocation.configuration();
    Configuration loaded = loader.loadToRun();
    CredentialsChain.feed(loader.dotEnv(), loader.environment());
    Configuration configuration = new WaitForSource(invocation).survey(loaded);
    Future<Optional<String>> portal = CompletableFuture.supplyAsync(() -> silence(configuration));
    Serving serving = Serving.start(configuration, acceptChanges);
    invocation
        .out()
        .printf(
            "instance %d of %d: dashboard %s, log %s%n",
            configuration.harvest().instanceId(),
            configuration.harvest().distribution().instances(),
            serving.address(),
            configuration.harvest().dataDir().resolve("logs"));
    serving.awayStore().ifPresent(words -> waitsFor("store", words));
    portal.get().ifPresent(words -> waitsFor("portal", words));
    serving.lostLedger().ifPresent(this::warn);
    serving
        .instance()
        .fleetConflicts()
        .forEach(words -> invocation.out().println("warning: " + words));
    loader.withoutEffect().forEach(words -> invocation.out().println("warning: " + words));
    loader
        .exposedFiles()
        .forEach(
            file ->
                warn(
                    "%s holds secrets and every user can read it: chmod 600 %1$s".formatted(file)));
    serving
        .instance()
        .orchestrator()
        .whenCompleted(result -> invocation.out().println(result.words()));
    serving.await();
    return 0;
  }

  private static Optional<String> silence(Configuration configuration) {
    return PortalTypes.KNOWN
        .address(configuration)
        .flatMap(address -> PortalProbe.silence(address, configuration.portal()));
  }

  private void waitsFor(String whom, String words) {
    LOG.warn("the scripts wait for the {}: {}", whom, words);
    invocation.out().printf("the scripts wait for the %s: %s%n", whom, words);
  }

  private void warn(String words) {
    LOG.warn(words);
    invocation.out().println("warning: " + words);
  }
}
