package app;

import audit.AuditReport;
import audit.GapList;
import audit.HashOptions;
import cli.AuditText;
import cli.Invocation;
import config.Configuration;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import demo.opendata.EmbeddedSource;
import demo.opendata.OpenDataBucket;
import demo.opendata.SourceDefect;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import store.Store;

/**
 * The whole procedure: copies an embedded bucket of open data, lists what it lacks, fetches that
 * from an embedded portal, and proves both.
 */
final class OpenDataDemo implements AutoCloseable {
  /** Small, because the parts of the embedded bucket are. */
  static final String PAGE_SIZE = "10";

  private static final long SEED = 2026;
  private static final int PER_PART = 25;
  private static final String OPEN_DATA = "manifests/";
  private static final String GAP = "manifests-gap/";

  private final Path folder;
  private final int judgments;
  private final PortalMoods moods;
  private final Function<Map<String, String>, Configuration> configurations;
  private final Invocation invocation;
  private final PrintStream out;
  private @Nullable DemoHarvest last;

  /**
   * @param folder for source, list and the second harvest
   * @param judgments how many the portal has
   * @param configurations completes the settings of a harvest
   */
  OpenDataDemo(
      Path folder,
      int judgments,
      PortalMoods moods,
      Function<Map<String, String>, Configuration> configurations,
      Invocation invocation) {
    this.folder = folder;
    this.judgments = judgments;
    this.moods = moods;
    this.configurations = configurations;
    this.invocation = invocation;
    this.out = invocation.out();
  }

  /**
   * Runs all steps; the last harvest keeps serving its dashboard.
   *
   * @param endsInError whether it ends when a harvest cannot go on without a person
   * @throws DemoHarvest.BrokenException if it has ended so
   */
  AuditReport walk(boolean endsInError) throws Exception {
    out.println("1. Copy the open data");
    OpenDataBucket bucket = new OpenDataBucket(SEED, judgments, PER_PART, SourceDefect.all());
    try (EmbeddedSource source = EmbeddedSource.start(folder.resolve("source"), bucket)) {
      String address = source.endpoint() + "/" + OpenDataBucket.NAME;
      Map<String, String> settings =
          Map.of(
              "portal.type",
              "opendata",
              "source.endpoint",
              source.endpoint().toString(),
              "s3.manifest-prefix",
              OPEN_DATA);
      Configuration first = configurations.apply(settings);
      DemoHarvest copy = start(first, "source     " + address);
      copy.watch(endsInError);
      String audit = AuditText.of(DemoHarvest.audit(first), HashOptions.NONE);
      out.println(invocation.terminal().fitted(audit));

      out.printf("%n2. List what it lacks%n");
      long gap = list(first);
      if (gap > 0) {
        copy.close();
        out.printf("%n3. Fetch that from the portal%n");
        fetch(endsInError);
      }
      out.printf("%n4. Prove both%n");
      return DemoHarvest.audit(bothOf(settings));
    }
  }

  private DemoHarvest start(Configuration configuration, String from) throws Exception {
    DemoHarvest harvest = new DemoHarvest(configuration, from, invocation);
    last = harvest;
    return harvest;
  }

  private Path gapFile() {
    return folder.resolve("gap.jsonl");
  }

  private long list(Configuration harvested) throws IOException, InterruptedException {
    try (Store store = Store.open(harvested.store(), GapList.PARALLEL);
        PrintWriter lines =
            new PrintWriter(Files.newBufferedWriter(gapFile(), StandardCharsets.UTF_8))) {
      long found = new GapList(store, out::println).find(line -> lines.print(line + "\n"));
      out.printf(Locale.ROOT, "gap        %s: %,d documents%n", gapFile(), found);
      return found;
    }
  }

  private void fetch(boolean endsInError) throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(judgments, moods)) {
      Configuration second =
          configurations.apply(
              Map.of(
                  "portal.type",
                  "ecourts",
                  "portal.url",
                  portal.address().toString(),
                  "portal.list",
                  gapFile().toAbsolutePath().toString(),
                  "s3.manifest-prefix",
                  GAP + "," + OPEN_DATA,
                  "harvest.scripts",
                  "2",
                  "harvest.data-dir",
                  folder.resolve("gap").toString()));
      start(second, "portal     " + portal.address()).watch(endsInError);
    }
  }

  private Configuration bothOf(Map<String, String> settings) {
    Map<String, String> both = new HashMap<>(settings);
    both.put("s3.manifest-prefix", OPEN_DATA + "," + GAP);
    return configurations.apply(both);
  }

  /** The harvest that serves the dashboard. */
  DemoHarvest last() {
    if (last == null) {
      throw new IllegalStateException("nothing was harvested");
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    if (last != null) {
      last.close();
    }
  }
}
