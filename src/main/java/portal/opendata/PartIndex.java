package portal.opendata;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import portal.opendata.plan.NameSet;

/** The documents of a part as the source's index names them, without those that were read. */
final class PartIndex {
  private final SourceWire wire;
  private final Slices slices;
  private final Slice slice;
  private final NameSet taken;
  private boolean known;

  /**
   * @param taken the names of documents that were read
   */
  PartIndex(SourceWire wire, Slices slices, Slice slice, NameSet taken) {
    this.wire = wire;
    this.slices = slices;
    this.slice = slice;
    this.taken = taken;
  }

  /** Whether the index had the part when its names were read. */
  boolean isKnown() {
    return known;
  }

  /**
   * Reads the names.
   *
   * @param lost whether no tar has come in the place of the part
   */
  Deque<String> names(boolean lost) {
    Deque<String> names = new ArrayDeque<>();
    known =
        wire.ask(
            slice.partKey(),
            () -> {
              names.clear();
              return slices.names(slice.partition(), slice.part(), name -> add(name, names));
            });
    if (!known && lost) {
      addObjects(names);
    }
    return names;
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
          NameSet others = new NameSet();
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
}
