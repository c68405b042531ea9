package app;

import api.dto.StatusData;
import audit.Audit;
import audit.AuditOptions;
import audit.AuditReport;
import audit.HashOptions;
import audit.Scope;
import cli.AuditText;
import cli.DataFolders;
import cli.Invocation;
import cli.terminal.Redrawn;
import cli.terminal.StatusTable;
import config.Configuration;
import config.ConfigurationLoader;
import demo.DemoStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import model.Distribution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import store.Store;

/** {@code demo}: the whole job on an embedded portal and store, without an account. */
@Command(
    name = "demo",
    description = "Harvests an embedded portal into an embedded S3 store, with no configuration.")
final class DemoCommand implements Callable<Integer> {
  private static final int PAGES = 30;
  private static final String SCRIPTS = "6";
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  /** Where the table cannot be drawn in place. */
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

  private static final int WIDTH = 80;

  private final Invocation invocation;
  private final PrintStream out;

  @Option(names = "--scripts", paramLabel = "N", description = "Number of scripts.")
  private @Nullable Integer scripts;

  @Option(names = "--pages", paramLabel = "N", description = "Listing pages in all.")
  private @Nullable Integer pages;

  @Mixin private final EmbeddedPortalOptions portalOptions = new EmbeddedPortalOptions();

  @Option(
      names = "--exit-when-done",
      description = "End when every script has completed: 0 after a clean audit.")
  private boolean exitWhenDone;

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
    this.out = invocation.out();
  }

  @Override
  public Integer call() throws Exception {
    portalOptions.check();
    Configuration planned = loader(Map.of()).load();
    Path folder = planned.harvest().dataDir();
    DataFolders.requireFree(folder); // before the store starts to clean up in it
    Distribution work = planned.harvest().distribution();
    try (EmbeddedPortal portal =
            portalOptions.start(work.pages() * work.pageSize(), work.pageSize());
        DemoStore store = new DemoStore(folder.resolve("store"))) {
      System.setProperty("aws.accessKeyId", store.accessKey());
      System.setProperty("aws.secretAccessKey", store.secretKey());
      Map<String, String> embedded = new HashMap<>(portal.settings());
      embedded.put("s3.endpoint", store.endpoint().toString());
      Configuration configuration = loader(embedded).load().ofEmbeddedPortal();
      return harvest(invocation.surveyor().toRun(configuration, out::println), portal, folder);
    }
  }

  private ConfigurationLoader loader(Map<String, String> embedded) {
    Map<String, String> options = new HashMap<>(embedded);
    if (scripts != null) {
      options.put("harvest.scripts", scripts.toString());
    }
    if (pages != null) {
      options.put("harvest.pages", pages.toString());
    }
    return invocation
        .configuration()
        .withDefaults(
            Map.of(
                "harvest.instances", "1",
                "harvest.scripts", SCRIPTS,
                "harvest.pages", String.valueOf(PAGES),
                "harvest.autostart", "all",
                "harvest.start-delay", "0",
                "harvest.data-dir", portalOptions.folder(),
                "portal.rate", "0",
                "s3.create-bucket", "true"))
        .withOverrides(options);
  }

  private int harvest(Configuration configuration, EmbeddedPortal portal, Path folder)
      throws Exception {
    long start = System.nanoTime();
    try (Serving serving = Serving.start(configuration, true)) {
      out.printf("portal     %s%n", portal.address());
      out.printf("dashboard  %s%n%n", serving.address());
      StatusData done = watch(serving.instance());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      summary(done, serving.instance().storedBefore(), took, bucket(configuration, folder));
      out.println(serving.instance().orchestrator().result().words());
      AuditReport audit = audit(configuration);
      out.println(AuditText.of(audit, HashOptions.NONE));
      if (exitWhenDone) {
        return audit.isClean() ? 0 : 1;
      }
      out.printf("%nThe dashboard stays at %s; Ctrl-C ends it.%n", serving.address());
      new CountDownLatch(1).await();
      return 0;
    }
  }

  private StatusData watch(Instance instance) {
    boolean inPlace = Ansi.AUTO.enabled();
    Redrawn drawing = new Redrawn(out, inPlace);
    long drawnAt = System.nanoTime() - PLAIN_INTERVAL.toNanos();
    while (true) {
      StatusData status = instance.status();
      boolean done = status.completedScripts().equals(status.totalScripts());
      if (inPlace || done || System.nanoTime() - drawnAt >= PLAIN_INTERVAL.toNanos()) {
        drawnAt = System.nanoTime();
        drawing.draw(new StatusTable(status, WIDTH).toString());
      }
      if (done) {
        return status;
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  /**
   * @param before documents that an earlier run has stored
   */
  private void summary(StatusData done, long before, Duration took, Path files) {
    long stored = done.totalFilesDownloaded();
    double seconds = took.toMillis() / 1000.0;
    out.printf(
        Locale.ROOT,
        "%npages      %,d%ndocuments  %,d%nsize       %.1f MiB%nfailed     %,d%n%s%nfiles      %s%n",
        done.completedPages(),
        stored,
        done.totalBytes() / 1024.0 / 1024.0,
        done.failedDownloads(),
        stored == before
            ? "nothing left to do: an earlier run has stored all of them"
            : String.format(
                Locale.ROOT,
                "rate       %.0f documents/s over %.1f s",
                (stored - before) / seconds,
                seconds),
        files);
  }

  private static Path bucket(Configuration configuration, Path folder) {
    return folder.resolve("store").resolve(configuration.store().bucket());
  }

  private static AuditReport audit(Configuration configuration)
      throws IOException, InterruptedException {
    try (Store store = Store.open(configuration.store(), AuditOptions.PARALLEL)) {
      Scope scope = Scope.all(configuration.harvest().distribution());
      return new Audit(store, AuditOptions.PLAIN).audit(scope);
    }
  }
}
