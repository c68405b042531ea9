package portal.opendata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.opendata.PartStream.ReplacedException;
import portal.opendata.plan.NameSet;
import portal.opendata.tar.TarFormatException;
import store.ManifestRow;

/**
 * Walks through a part of the plan, page by page: first the members of its tar, or of the tars that
 * replaced it, each name once; then the names that only the index has. If documents are read as
 * objects, the order is reversed. So every page of the part has documents, whatever is missing in
 * tar and index; if the tar was replaced by one with fewer documents, each page leaves some for the
 * later ones.
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
  private final NameSet taken = new NameSet();
  private final PartIndex index;
  private final int pageSize;
  private final Deque<String> tars = new ArrayDeque<>();

  /** Tars that the source lacks, although its index or the plan names them. */
  private final Set<String> gone = new HashSet<>();

  /** The part, or those that replaced it. */
  private List<String> parts;

  private @Nullable PartStream stream;
  private @Nullable Deque<String> lacking;
  private final boolean namesFirst;
  private boolean hasNames;
  private boolean begun;
  private boolean replaced;
  private boolean lost;

  /** How many names of the replacing parts are still to be taken. */
  private OptionalInt left = OptionalInt.empty();

  private int nextPage;

  /**
   * @param namesFirst whether documents are read as objects, and the tar for what no index names
   */
  PartWalk(SourceWire wire, Slices slices, Slice slice, int pageSize, boolean namesFirst) {
    this.wire = wire;
    this.slices = slices;
    this.slice = slice;
    this.parts = List.of(slice.part());
    this.pageSize = pageSize;
    this.index = new PartIndex(wire, slices, slice, taken);
    this.namesFirst = namesFirst;
    this.nextPage = slice.firstPage();
    if (!namesFirst) {
      beginPart();
    }
  }

  private void beginPart() {
    begun = true;
    tars.add(slice.part());
    stream = new PartStream(wire, slice.partKey(), hasNames ? "" : slice.etag(), 0);
  }

  Slice slice() {
    return slice;
  }

  /** The page that {@link #take} gives next. */
  int nextPage() {
    return nextPage;
  }

  /** Continues after a page that an earlier run has read. */
  void passed(List<ManifestRow> rows) {
    for (ManifestRow row : rows) {
      SourceKey key = SourceKey.of(row.facts());
      if (!key.name().isEmpty()) {
        takes(key.name());
      }
      if (key.tar().isEmpty()) {
        continue;
      }
      if (!begun) {
        beginPart();
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

  /** Skips a page of which nothing is known, by reading it. */
  void skip() {
    take(NOTHING);
  }

  /** The documents of the next page; the part's last page takes all that are left. */
  List<FoundName> take(Keeper keeper) {
    List<FoundName> found = new ArrayList<>();
    if (namesFirst) {
      names(found);
    }
    if (!begun && isShort(found)) {
      beginPart();
    }
    while (stream != null && isShort(found)) {
      member(keeper).ifPresent(found::add);
    }
    names(found);
    nextPage++;
    return found;
  }

  /**
   * Whether the next page has room for another document. The replacement of a part may have fewer
   * documents than the part had: then one is left for each later page, since a page is never empty.
   */
  private boolean isShort(List<FoundName> found) {
    if (slice.isLast(nextPage)) {
      return true;
    }
    int later = slice.firstPage() + slice.pages() - 1 - nextPage;
    return found.size() < pageSize
        && (found.isEmpty() || left.isEmpty() || left.getAsInt() > later);
  }

  /** Adds names that the tars do not have, or that are not looked for in them. */
  private void names(List<FoundName> found) {
    if (!isShort(found)) {
      return; // so that the index is not read before it is needed
    }
    Deque<String> rest = lacking();
    while (isShort(found) && !rest.isEmpty()) {
      String name = rest.removeFirst();
      if (takes(name)) {
        found.add(FoundName.object(name));
      }
    }
  }

  private boolean takes(String name) {
    boolean isNew = taken.add(name);
    if (isNew && left.isPresent()) {
      left = OptionalInt.of(left.getAsInt() - 1);
    }
    return isNew;
  }

  /** The next member, if it is a new document; empty if it is something else. */
  private Optional<FoundName> member(Keeper keeper) {
    PartStream current = stream;
    if (current == null) {
      return Optional.empty();
    }
    MemberReading reading = new MemberReading(current, taken, keeper);
    try {
      if (current.next(reading).isEmpty()) {
        ended(current);
      }
    } catch (ReplacedException e) {
      if (hasNames) {
        LOG.info("{}; its names were read as objects", e.getMessage());
        ended(current);
      } else {
        if (e.isGone()) {
          gone.add(tars.getFirst());
        }
        replace(String.valueOf(e.getMessage()));
      }
    } catch (TarFormatException e) {
      LOG.warn("{}: {}; what it lacks is read as objects", current.key(), e.getMessage());
      ended(current);
    }
    Optional<FoundName> found = reading.found();
    found.ifPresent(document -> takes(document.name()));
    return found;
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
    lacking = null; // it was read for the part that is no more
    Collection<String> planned = slices.planned(slice);
    List<String> now = wire.ask(slice.partKey(), () -> slices.parts(slice.partition()));
    tars.clear();
    if (stream != null) {
      tars.add(slice.part());
    }
    now.stream().filter(part -> !planned.contains(part)).forEach(tars::add);
    tars.removeAll(gone);
    lost = tars.isEmpty();
    parts = lost ? List.of(slice.part()) : List.copyOf(tars);
    left = lost ? OptionalInt.of(lacking().size()) : index.count(parts);
    LOG.info("{}; in its place come {}", why, lost ? "objects" : tars);
    begin();
  }

  /** The names that the tars do not have. */
  private Deque<String> lacking() {
    if (lacking == null) {
      lacking = index.names(parts, lost);
      hasNames = namesFirst && index.isKnown();
    }
    return lacking;
  }

  @Override
  public void close() {
    PartStream current = stream;
    if (current != null) {
      current.close();
    }
  }
}
