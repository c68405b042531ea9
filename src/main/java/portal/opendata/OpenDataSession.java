package portal.opendata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import model.FailureReason;
import model.StopSignal;
import model.Validators;
import org.jspecify.annotations.Nullable;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.Row;
import store.ManifestRow;

/** The session of one script with the source. Pages are listed by one thread. */
final class OpenDataSession implements Dialect.Session {
  private final OpenDataDialect dialect;
  private final SourceWire wire;
  private final SpooledMembers members;
  private final DocumentReader documents;

  /** The spooled files of the page in progress, by their documents' position in the tar. */
  private final Map<String, Path> spooled = new ConcurrentHashMap<>();

  private @Nullable StopSignal run;
  private volatile @Nullable PartWalk walk;
  private @Nullable Listing latest;
  private @Nullable Metadata metadata;

  /** The metadata of the partition in progress. */
  private record Metadata(String partition, MetadataFile file) {}

  OpenDataSession(OpenDataDialect dialect, SourceWire wire) {
    this.dialect = dialect;
    this.wire = wire;
    this.members =
        new SpooledMembers(dialect.place().spool(), dialect.place().room(), dialect.largest());
    this.documents = new DocumentReader(dialect, wire);
  }

  @Override
  public int parallel() {
    return Integer.MAX_VALUE; // the governor limits it
  }

  @Override
  public Listing list(int page) {
    beginRun();
    Slice slice = dialect.slices().slice(page);
    Listing known = latest;
    if (known != null && known.page() == page) {
      documents.at(slice);
      wire.has(slice.part().isEmpty() ? slice.metadataPrefix() : slice.partKey()); // it answers
      return known;
    }
    return list(slice, page, () -> dialect.manifest(page));
  }

  @Override
  public Listing listFromSource(int page) {
    beginRun();
    return list(dialect.slices().slice(page), page, Optional::empty);
  }

  /**
   * @param known gives the rows of the page if an earlier run has read it
   */
  private Listing list(Slice slice, int page, Supplier<Optional<List<ManifestRow>>> known) {
    forget();
    documents.at(slice);
    boolean done = false;
    try {
      Listing listing =
          known.get().map(rows -> listing(page, rows)).orElseGet(() -> read(slice, page));
      latest = listing;
      done = true;
      return listing;
    } finally {
      if (!done) {
        forget();
        endWalk();
      }
    }
  }

  @Override
  public void recall(int page) {
    documents.at(dialect.slices().slice(page));
  }

  /** What an earlier run of the script has left is not gone on with. */
  private void beginRun() {
    StopSignal now = wire.desk().stop();
    if (now != run) {
      run = now;
      forget();
      endWalk();
      now.onStop(StopSignal.GRACE, this::leave);
    }
  }

  /** The script stops: gives back what it would only need to go on. On another thread. */
  private void leave() {
    spooled.clear();
    members.clear();
    PartWalk current = walk;
    if (current != null) {
      current.close();
    }
  }

  private void forget() {
    latest = null;
    spooled.clear();
    members.clear();
  }

  private void endWalk() {
    if (walk != null) {
      walk.close();
      walk = null;
    }
  }

  private Listing listing(int page, List<ManifestRow> rows) {
    return new Listing(page, rows.stream().map(OpenDataSession::row).toList(), total());
  }

  private static Row row(ManifestRow row) {
    FailureReason rejection = row.isRejected() ? row.reason() : null;
    return new Row(row.row(), row.id(), row.url(), rejection, row.facts());
  }

  private OptionalLong total() {
    return OptionalLong.of(dialect.slices().total());
  }

  private Listing read(Slice slice, int page) {
    List<FoundName> found = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    if (slice.part().isEmpty()) {
      slice.names().forEach(name -> found.add(FoundName.object(name)));
    } else {
      found.addAll(walkTo(slice, page).take(members));
    }
    if (found.isEmpty()) {
      rows.add(OpenDataRows.spent(slice, page));
    }
    for (FoundName name : found) {
      Row row = dialect.rows().row(rows.size() + 1, name, slice, metadata(slice, name.name()));
      rows.add(row);
      if (name.spooled() != null) {
        spooled.put(DocumentReader.place(row), name.spooled());
      }
    }
    return new Listing(page, rows, total());
  }

  private PartWalk walkTo(Slice slice, int page) {
    PartWalk current = walk;
    if (current != null
        && current.nextPage() == page
        && current.slice().firstPage() == slice.firstPage()) {
      return current;
    }
    endWalk();
    PartWalk another =
        new PartWalk(wire, dialect.slices(), slice, dialect.pageSize(), dialect.readsObjects());
    walk = another;
    while (another.nextPage() < page) {
      dialect.manifest(another.nextPage()).ifPresentOrElse(another::passed, another::skip);
    }
    return another;
  }

  private Optional<MetadataRow> metadata(Slice slice, String name) {
    String base = OpenDataRows.base(name);
    MetadataReader reader = new MetadataReader(wire, dialect.archived());
    Metadata known = metadata;
    if (known == null || !known.partition().equals(slice.partition())) {
      metadata = null;
      if (known != null) {
        dialect.metadata().giveBack(known.partition());
      }
      known =
          new Metadata(
              slice.partition(), dialect.metadata().take(slice, reader, wire.desk().stop()));
      metadata = known;
    }
    Optional<MetadataRow> row = known.file().find(base);
    return row.isPresent() ? row : reader.object(slice, base);
  }

  @Override
  public Download fetch(Row row, Path spool) {
    Optional<Download> kept = members.handOver(spooled.remove(DocumentReader.place(row)), spool);
    return documents.fetch(row, kept, spool);
  }

  /** A part of the same version has the same documents, and one of another has others. */
  @Override
  public Optional<Download> fetchIfChanged(Row row, Path spool, Validators stored) {
    return Optional.empty();
  }
}
