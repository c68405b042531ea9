package portal.opendata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.PortalTypes;
import config.Configuration;
import config.ConfigurationLoader;
import config.SourceSettings;
import demo.opendata.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import model.StopSignal;
import model.Ticker;
import portal.AllowedHosts;
import portal.Desk;
import portal.Dialect;
import portal.Listing;
import portal.Permit;
import portal.PortalScope;
import portal.Row;
import portal.SessionMemory;
import portal.Workplace;
import store.ManifestRow;
import store.SourceBucket;
import store.Spool;
import store.SpoolRoom;
import store.StoreCalls;
import store.StoreFixture;
import testing.SourceSimulator;

/** One partition of a source, and sessions that read it. */
final class TestSource implements AutoCloseable {
  static final String PARTITION = "year=2023/court=27_1/bench=newas";
  static final int PAGE_SIZE = 4;

  final SourceSimulator source = new SourceSimulator();
  final StoreFixture target;
  final SpoolRoom room;
  final Map<String, List<String>> index = new LinkedHashMap<>();
  final List<Slice> plan = new ArrayList<>();

  /** Parts that came into the plan with a sweep. */
  final Set<String> grown = new HashSet<>();

  final StopSignal stop;
  final List<String> pauses = new ArrayList<>();
  private final Path folder;
  private final SourceBucket bucket;
  private final Spool spool;

  TestSource(Path folder, Ticker ticker) throws IOException {
    this.folder = folder;
    this.target = StoreFixture.withBucket(folder.resolve("target"));
    this.room = new SpoolRoom(1 << 20, ticker);
    this.stop = new StopSignal(ticker);
    this.spool = Spool.open(folder.resolve("spool"));
    Configuration configuration = configuration(Map.of());
    this.bucket =
        SourceBucket.open(
            SourceSettings.read(configuration.values()),
            Optional.empty(),
            8,
            new StoreCalls(),
            InstantSource.system());
  }

  private Configuration configuration(Map<String, String> more) {
    Map<String, String> environment =
        new LinkedHashMap<>(
            Map.of(
                "SOURCE_ENDPOINT",
                source.endpoint().toString(),
                "SOURCE_BUCKET",
                SourceSimulator.BUCKET));
    environment.putAll(more);
    return ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all()).load();
  }

  static byte[] pdf(String name) {
    return ("%PDF-1.4\n" + name + "\n" + "x".repeat(1500) + "\n%%EOF\n").getBytes(UTF_8);
  }

  static String name(int number) {
    return "CNR%013d_1_2023-01-02.pdf".formatted(number);
  }

  static String[] names(int first, int last) {
    String[] names = new String[last - first + 1];
    Arrays.setAll(names, i -> name(first + i));
    return names;
  }

  static String nameOf(Row row) {
    return SourceKey.of(row.facts()).name();
  }

  static List<String> listed(Listing listing) {
    assertThat(listing.rows())
        .extracting(Row::number)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, listing.rows().size()).boxed().toList());
    return listing.rows().stream().map(TestSource::nameOf).toList();
  }

  /** Puts a tar with these members, and plans it with the names that the index has. */
  void part(String name, String... members) {
    index.put(name, List.of(members));
    tar(name, members);
    plan(name, members.length);
  }

  void plan(String name, int files) {
    int first = plan.stream().mapToInt(Slice::pages).sum() + 1;
    plan.add(new Slice(PARTITION, name, "", first, (files - 1) / PAGE_SIZE + 1, List.of()));
  }

  void tar(String name, String... members) {
    TarWriter tar = new TarWriter(TarWriter.Format.GNU);
    for (String member : members) {
      tar.add(member, pdf(member));
    }
    source.put("data/tar/" + PARTITION + "/" + name, tar.toBytes());
  }

  void object(String name) {
    source.put("data/pdf/" + PARTITION + "/" + name, pdf(name));
  }

  static String json(String name, String html) {
    return """
        {"court_code":"27~1","court_name":"Bombay","raw_html":%s,"pdf_link":"court/cnrorders/x/orders/%s","downloaded":true}"""
        .formatted(quoted(html), name);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String html(String title) {
    return "<button onclick=\"javascript:open_pdf('0','','court/cnrorders/x/orders/a.pdf#page=1')\">%s</button><strong>Judge : A B</strong><strong class='caseDetailsTD'><span>CNR :</span><font> HCBM010000012023</font><span> | Date of registration :</span><font> 01-02-2022</font><span> | Decision Date :</span><font> 02-01-2023</font></strong>"
        .formatted(title);
  }

  /** Puts the metadata of these PDFs into a tar of several gzip members. */
  void metadata(String... names) throws IOException {
    TarWriter tar = new TarWriter(TarWriter.Format.PAX);
    for (String name : names) {
      tar.add(name.replace(".pdf", ".json"), json(name, html("Case of " + name)).getBytes(UTF_8));
    }
    byte[] bytes = tar.toBytes();
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += 3000) {
      try (GZIPOutputStream member = new GZIPOutputStream(zipped)) {
        member.write(bytes, at, Math.min(3000, bytes.length - at));
      }
    }
    source.put("metadata/tar/" + PARTITION + "/part-1.tar.gz", zipped.toByteArray());
  }

  Dialect.Session session() {
    return session(Map.of());
  }

  Dialect.Session session(Map<String, String> more) {
    Configuration configuration = configuration(more);
    Workplace place =
        new Workplace(
            configuration, folder.resolve("opendata"), spool, room, target.store, new StoreCalls());
    PortalScope scope =
        new PortalScope(new AllowedHosts(List.of()), PAGE_SIZE, pages(), 900, 5, Optional.empty());
    return new OpenDataDialect(
            bucket,
            new Planned(),
            desk -> pages(),
            SourceSettings.read(configuration.values()),
            URI.create(OpenDataDialect.PORTAL),
            scope,
            place)
        .open(request -> null, new NoMemory(), new OpenDesk());
  }

  private int pages() {
    return plan.stream().mapToInt(Slice::pages).sum();
  }

  Path newFile() {
    return spool.newFile();
  }

  /** Writes the manifest of a page, as if all of its documents had been stored. */
  void complete(int page, List<Row> rows) {
    target.manifest(
        page,
        rows.stream()
            .map(
                row ->
                    target
                        .store
                        .manifests()
                        .stored(
                            row.number(),
                            row.id(),
                            row.url(),
                            null,
                            10,
                            "ab".repeat(32),
                            row.facts(),
                            Instant.EPOCH))
            .toArray(ManifestRow[]::new));
  }

  private static final class NoMemory implements SessionMemory {
    @Override
    public Optional<String> recall() {
      return Optional.empty();
    }

    @Override
    public void keep(String state) {}
  }

  private final class OpenDesk implements Desk {
    @Override
    public Permit enter() {
      return new Permit() {
        @Override
        public void answered() {}

        @Override
        public void overloaded() {}

        @Override
        public void paused(Optional<Duration> time, String why) {
          pauses.add(why);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public StopSignal stop() {
      return stop;
    }
  }

  private final class Planned implements Slices {
    @Override
    public Slice slice(int page) {
      return plan.stream()
          .filter(line -> page >= line.firstPage() && page < line.firstPage() + line.pages())
          .findFirst()
          .orElseThrow();
    }

    @Override
    public long total() {
      return index.values().stream().mapToLong(List::size).sum();
    }

    @Override
    public boolean names(String partition, String part, Consumer<String> each) {
      index.getOrDefault(part, List.of()).stream().distinct().forEach(each);
      return index.containsKey(part);
    }

    @Override
    public List<String> parts(String partition) {
      return List.copyOf(index.keySet());
    }

    @Override
    public List<String> planned(Slice slice) {
      return plan.stream()
          .map(Slice::part)
          .filter(part -> !grown.contains(part) || grown.contains(slice.part()))
          .toList();
    }
  }

  @Override
  public void close() {
    bucket.close();
    source.close();
    try {
      target.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
