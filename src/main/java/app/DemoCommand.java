package app;

import audit.AuditReport;
import audit.HashOptions;
import cli.AuditText;
import cli.DataFolders;
import cli.Invocation;
import config.Configuration;
import config.ConfigurationLoader;
import config.UsageException;
import demo.DemoStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import model.Distribution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the whole job on an embedded portal and store, without an account. */
@Command(
    name = "demo",
    description = "Harvests an embedded portal into an embedded S3 store, with no configuration.")
final class DemoCommand implements Callable<Integer> {
  private static final int PAGES = 30;
  private static final String SCRIPTS = "6";
  private final Invocation invocation;
  private final PrintStream out;

  @Option(names = "--scripts", paramLabel = "N", description = "Number of scripts.")
  private @Nullable Integer scripts;

  @Option(names = "--pages", paramLabel = "N", description = "Number of listing pages.")
  private @Nullable Integer pages;

  @Mixin private final EmbeddedPortalOptions portalOptions = new EmbeddedPortalOptions();

  @Option(
      names = "--exit-when-done",
      description =
          "Exit when every script has completed: with 0 if the audit is clean. If a script ends in"
              + " error: when no other is left, with 1.")
  private boolean exitWhenDone;

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
    this.out = invocation.out();
  }

  @Override
  public Integer call() throws Exception {
    portalOptions.check();
    Configuration planned = loader(Map.of()).load();
    int documents = documents(planned.harvest().distribution());
    Path folder = planned.harvest().dataDir();
    DataFolders.requireFree(folder); // before the store starts to clean up in it
    try (DemoStore store = store(folder)) {
      System.setProperty("aws.accessKeyId", store.accessKey());
      System.setProperty("aws.secretAccessKey", store.secretKey());
      Path bucket = folder.resolve("store").resolve(planned.store().bucket());
      String endpoint = store.endpoint().toString();
      return portalOptions.isOpenData()
          ? road(planned, documents, bucket, endpoint)
          : harvest(planned, documents, bucket, endpoint);
    } catch (DemoHarvest.BrokenException e) {
      invocation.err().println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private static DemoStore store(Path folder) {
    try {
      return new DemoStore(folder.resolve("store"));
    } catch (IOException e) {
      throw DataFolders.unusable(folder, e);
    }
  }

  /** As many as the pages have rows. */
  private static int documents(Distribution work) {
    try {
      return Math.multiplyExact(work.pages(), work.pageSize());
    } catch (ArithmeticException e) {
      throw new UsageException(
          "harvest.pages: \"%d\" pages of %d are more documents than an embedded portal can list; expected at most %d in all"
              .formatted(work.pages(), work.pageSize(), Integer.MAX_VALUE),
          e);
    }
  }

  private Map<String, String> defaults() {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("harvest.instances", "1");
    defaults.put("harvest.scripts", SCRIPTS);
    defaults.put("harvest.pages", String.valueOf(PAGES));
    defaults.put("harvest.autostart", "all");
    defaults.put("harvest.start-delay", "0");
    defaults.put("harvest.data-dir", portalOptions.folder());
    defaults.put("portal.rate", "0");
    defaults.put("s3.create-bucket", "true");
    if (portalOptions.isOpenData()) {
      defaults.put("harvest.page-size", OpenDataDemo.PAGE_SIZE);
    }
    return defaults;
  }

  private int harvest(Configuration planned, int documents, Path bucket, String endpoint)
      throws Exception {
    int pageSize = planned.harvest().distribution().pageSize();
    try (EmbeddedPortal portal = portalOptions.start(documents, pageSize)) {
      Map<String, String> embedded = new HashMap<>(portal.settings());
      embedded.put("s3.endpoint", endpoint);
      Configuration configuration =
          invocation.surveyor().toRun(loader(embedded).load().ofEmbeddedPortal(), out::println);
      try (DemoHarvest harvest =
          new DemoHarvest(configuration, "portal     " + portal.address(), invocation)) {
        harvest.watch(exitWhenDone);
        out.printf("files      %s%n", bucket);
        return end(DemoHarvest.audit(configuration), harvest);
      }
    }
  }

  /** First the open data, then from the portal what it lacks. */
  private int road(Configuration planned, int documents, Path bucket, String endpoint)
      throws Exception {
    try (OpenDataDemo demo =
        new OpenDataDemo(
            planned.harvest().dataDir(),
            documents,
            portalOptions.moods(),
            settings -> surveyed(settings, endpoint),
            invocation)) {
      AuditReport audit = demo.walk(exitWhenDone);
      out.printf("files      %s%n", bucket);
      return end(audit, demo.last());
    }
  }

  private Configuration surveyed(Map<String, String> settings, String endpoint) {
    Map<String, String> embedded = new HashMap<>(settings);
    embedded.put("s3.endpoint", endpoint);
    return invocation
        .surveyor()
        .toRun(loader(embedded).load().ofEmbeddedPortal(), note -> out.println("note: " + note));
  }

  private int end(AuditReport audit, DemoHarvest harvest) throws InterruptedException {
    out.println(invocation.terminal().fitted(AuditText.of(audit, HashOptions.NONE)));
    if (exitWhenDone) {
      return audit.isClean() ? 0 : 1;
    }
    out.printf("%nThe dashboard stays at %s; Ctrl-C ends it.%n", harvest.address());
    new CountDownLatch(1).await();
    return 0;
  }

  private ConfigurationLoader loader(Map<String, String> embedded) {
    Map<String, String> options = new HashMap<>(embedded);
    if (scripts != null) {
      options.put("harvest.scripts", scripts.toString());
    }
    if (pages != null) {
      options.put("harvest.pages", pages.toString());
    }
    return invocation.configuration().withDefaults(defaults()).withOverrides(options);
  }
}
