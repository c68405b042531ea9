package portal.opendata;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.function.Consumer;
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
   * @param parts the part, or those that came in its place
   * @param lost whether no tar has come in the place of the part
   */
  Deque<String> names(Collection<String> parts, boolean lost) {
    Deque<String> names = new ArrayDeque<>();
    known =
        wire.ask(
            slice.partKey(),
            () -> {
              names.clear();
              return each(parts, name -> add(name, names));
            });
    if (!known && lost) {
      addObjects(names);
    }
    return names;
  }

  /** How many names there are to read; empty if the index names none of the parts. */
  OptionalInt count(Collection<String> parts) {
    return wire.ask(
        slice.partKey(),
        () -> {
          NameSet names = new NameSet();
          boolean isNamed =
              each(
                  parts,
                  name -> {
                    if (!taken.contains(name)) {
                      names.add(name);
                    }
                  });
          return isNamed ? OptionalInt.of(names.size()) : OptionalInt.empty();
        });
  }

  /** Returns whether the index names any of the parts. */
  private boolean each(Collection<String> parts, Consumer<String> name) {
    boolean isNamed = false;
    for (String part : parts) {
      isNamed |= slices.names(slice.partition(), part, name);
    }
    return isNamed;
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
