package portal.opendata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.opendata.PartStream.ReplacedException;
import portal.opendata.tar.TarFormatException;
import portal.opendata.tar.TarMember;
import store.ManifestRow;

/**
 * The way through a part of the plan, page by page: first the members of its tar, or of the tars
 * that came in its place, each name once; then the names that the index has beyond them. So every
 * page of the part has its documents, whatever tar and index lack.
 */
final class PartWalk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartWalk.class);

  /** Keeps the content of members until they are fetched. */
  interface Keeper {
    /**
     * Keeps the content.
     *
     * @return where; null if it was not kept, because it does not fit
     */
    @Nullable Path keep(String name, long size, InputStream content) throws IOException;
  }

  private static final Keeper NOTHING = (name, size, content) -> null;

  private final SourceWire wire;
  private final Slices slices;
  private final Slice slice;
  private final TakenNames taken = new TakenNames();
  private final Deque<String> tars = new ArrayDeque<>();
  private @Nullable PartStream stream;
  private @Nullable Deque<String> lacking;
  private boolean replaced;
  private boolean lost;
  private int nextPage;

  /**
   * @param objectsOnly whether no tar is read
   */
  PartWalk(SourceWire wire, Slices slices, Slice slice, boolean objectsOnly) {
    this.wire = wire;
    this.slices = slices;
    this.slice = slice;
    this.nextPage = slice.firstPage();
    if (!objectsOnly) {
      tars.add(slice.part());
      stream = new PartStream(wire, slice.partKey(), slice.etag(), 0);
    }
  }

  Slice slice() {
    return slice;
  }

  /** The page that {@link #take} gives next. */
  int nextPage() {
    return nextPage;
  }

  /** Goes on behind a page that an earlier run has read. */
  void passed(List<ManifestRow> rows) {
    for (ManifestRow row : rows) {
      SourceKey key = SourceKey.of(row.facts());
      taken.add(key.name());
      if (key.tar().isEmpty()) {
        continue;
      }
      if (!tars.isEmpty() && !key.tar().equals(tars.getFirst())) {
        goTo(key.tar());
      }
      PartStream current = stream;
      if (current != null && key.tar().equals(tars.peekFirst()) && key.offset() >= 0) {
        current.behind(key.offset());
      }
    }
    nextPage++;
  }

  /** Goes to the tar that an earlier run has read in the part's place. */
  private void goTo(String tar) {
    if (!replaced) {
      replace("an earlier run has read others in its place");
    }
    if (tars.contains(tar)) {
      while (!tar.equals(tars.peekFirst())) {
        tars.removeFirst();
      }
      begin();
    }
  }

  /** Passes a page of which nothing is known, by reading it. */
  void skip(int pageSize) {
    take(pageSize, NOTHING);
  }

  /**
   * The documents of the next page.
   *
   * @param most how many; the part's last page takes all that are left
   */
  List<FoundName> take(int most, Keeper keeper) {
    if (stream == null && lacking == null && tars.isEmpty() && !replaced) {
      preferNames();
    }
    List<FoundName> found = new ArrayList<>();
    while (found.size() < most && stream != null) {
      member(keeper).ifPresent(found::add);
    }
    if (found.size() < most) {
      Deque<String> rest = lacking();
      while (found.size() < most && !rest.isEmpty()) {
        String name = rest.removeFirst();
        if (taken.add(name)) {
          found.add(FoundName.object(name));
        }
      }
    }
    nextPage++;
    return found;
  }

  /** What no index names can only be had from the tar. */
  private void preferNames() {
    if (lacking().isEmpty() && taken.size() == 0) {
      tars.add(slice.part());
      begin();
    }
  }

  /** The next member that is a document and new; empty if there was something else. */
  private Optional<FoundName> member(Keeper keeper) {
    PartStream current = stream;
    if (current == null) {
      return Optional.empty();
    }
    Reading reading = new Reading(current, keeper);
    try {
      if (current.next(reading).isEmpty()) {
        ended(current);
      }
    } catch (ReplacedException e) {
      replace(String.valueOf(e.getMessage()));
    } catch (TarFormatException e) {
      LOG.warn("{}: {}; what it lacks is read as objects", current.key(), e.getMessage());
      ended(current);
    }
    Optional<FoundName> found = Optional.ofNullable(reading.found);
    found.ifPresent(document -> taken.add(document.name()));
    return found;
  }

  /** Decides what becomes of a member. */
  private final class Reading implements PartStream.Sink {
    private final PartStream from;
    private final Keeper keeper;
    private @Nullable FoundName found;

    Reading(PartStream from, Keeper keeper) {
      this.from = from;
      this.keeper = keeper;
    }

    @Override
    public void take(TarMember member, InputStream content) throws IOException {
      String name = member.base();
      found = null;
      if (member.isFile()
          && name.toLowerCase(Locale.ROOT).endsWith(".pdf")
          && !taken.contains(name)) {
        // first without its bytes, for a tar that ends in the middle of them
        found = new FoundName(name, from.key(), from.etag(), member.offset(), member.size(), null);
        Path kept = keeper.keep(name, member.size(), content);
        found = new FoundName(name, from.key(), from.etag(), member.offset(), member.size(), kept);
      }
    }
  }

  private void ended(PartStream current) {
    current.close();
    tars.removeFirst();
    begin();
  }

  private void begin() {
    PartStream before = stream;
    if (before != null) {
      before.close();
    }
    String tar = tars.peekFirst();
    stream = tar == null ? null : new PartStream(wire, slice.tarKey(tar), "", 0);
  }

  /** Reads the index again: the parts that the plan does not have came in this one's place. */
  private void replace(String why) {
    replaced = true;
    Collection<String> planned = slices.planned(slice.partition());
    List<String> now = wire.ask(slice.partKey(), () -> slices.parts(slice.partition()));
    tars.clear();
    if (wire.has(slice.partKey()) && stream != null) {
      tars.add(slice.part());
    }
    now.stream().filter(part -> !planned.contains(part)).forEach(tars::add);
    lost = tars.isEmpty();
    LOG.info("{}; in its place come {}", why, tars.isEmpty() ? "objects" : tars);
    begin();
  }

  /** The names that the tars do not have. */
  private Deque<String> lacking() {
    if (lacking == null) {
      Deque<String> names = new ArrayDeque<>();
      boolean known =
          wire.ask(
              slice.partKey(),
              () -> {
                names.clear();
                return slices.names(slice.partition(), slice.part(), name -> add(name, names));
              });
      if (!known && lost) {
        addObjects(names);
      }
      lacking = names;
    }
    return lacking;
  }

  private void add(String name, Collection<String> names) {
    if (!taken.contains(name)) {
      names.add(name);
    }
  }

  /** Of a part that is lost with its names: the objects that no other part names. */
  private void addObjects(Collection<String> names) {
    wire.ask(
        slice.partKey(),
        () -> {
          names.clear();
          TakenNames others = new TakenNames();
          for (String part : slices.parts(slice.partition())) {
            slices.names(slice.partition(), part, others::add);
          }
          String prefix = slice.objectKey("");
          wire.bucket()
              .list(prefix)
              .forEach(
                  object -> {
                    String name = object.key().substring(prefix.length());
                    if (!others.contains(name)) {
                      add(name, names);
                    }
                  });
          return names;
        });
  }

  @Override
  public void close() {
    PartStream current = stream;
    if (current != null) {
      current.close();
    }
  }
}
