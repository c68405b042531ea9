package portal.opendata.plan;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import portal.opendata.plan.SourceListing.Partition;
import portal.opendata.tar.TarFormatException;
import portal.opendata.tar.TarMember;
import portal.opendata.tar.TarReader;
import store.SourceBody;
import store.SourceBucket;
import store.SourceObject;
import store.StoreException;
import store.StoreException.Kind;

/** Makes the lines of one partition: its parts, and what is in no part. */
final class PartitionPlanner {
  private static final String JSON = ".json";
  private static final int NOT_FOUND = 404;

  private final SourceBucket source;
  private final Partition partition;
  private final Consumer<String> notes;
  private final Map<String, SourceObject> tars;
  private final Map<String, NameSet> byPart = new LinkedHashMap<>();
  private NameSet inParts = new NameSet();
  private boolean namesLostParts;

  /**
   * @param notes what the user should know, a line each
   */
  PartitionPlanner(SourceBucket source, Partition partition, Consumer<String> notes) {
    this.source = source;
    this.partition = partition;
    this.notes = notes;
    this.tars =
        partition.tars().stream()
            .collect(
                Collectors.toMap(
                    tar -> tar.key().substring(tar.key().lastIndexOf('/') + 1),
                    Function.identity(),
                    (one, other) -> one,
                    LinkedHashMap::new));
  }

  /**
   * Appends the partition's lines.
   *
   * @param names empty, for what is in no part
   * @throws StoreException if the source does not answer
   */
  void write(PlanWriter plan, NamesFile names) throws IOException {
    readIndex();
    for (Map.Entry<String, NameSet> part : byPart.entrySet()) {
      part(plan, part.getKey(), part.getValue().size());
    }
    for (String orphan : tars.keySet()) {
      if (!byPart.containsKey(orphan)) {
        part(plan, orphan, countMembers(orphan));
      }
    }
    writeObjects(plan, names, new NameSet());
  }

  /**
   * Appends lines for what was added since, without reading any part.
   *
   * @param known the lines that the plan has of this partition
   * @param planned the names of those lines that are in no tar
   * @param names empty, for what is in no part
   * @throws StoreException if the source does not answer
   */
  void writeNew(PlanWriter plan, List<PlanLine> known, NameSet planned, NamesFile names)
      throws IOException {
    Map<String, String> etags = new HashMap<>();
    for (PlanLine line : known) {
      if (line.part() != null) {
        etags.put(line.part(), String.valueOf(line.etag()));
      }
    }
    readIndex();
    boolean hidesNames = false;
    for (Map.Entry<String, SourceObject> tar : tars.entrySet()) {
      boolean isKnown = tar.getValue().etag().equals(etags.get(tar.getKey()));
      NameSet indexed = byPart.get(tar.getKey());
      if (isKnown) {
        hidesNames |= indexed == null; // its members were counted when it came
      } else {
        part(plan, tar.getKey(), indexed == null ? countMembers(tar.getKey()) : indexed.size());
      }
    }
    if (!hidesNames) {
      writeObjects(plan, names, planned);
    }
  }

  private void part(PlanWriter plan, String name, long files) throws IOException {
    SourceObject tar = tars.get(name);
    if (tar != null) {
      plan.part(partition.path(), name, tar.etag(), tar.size(), files);
    }
  }

  private void readIndex() {
    try {
      String key = PartitionIndex.dataKey(partition.path());
      if (partition.hasIndex() && !PartitionIndex.read(source, key, this::indexed)) {
        notes.accept(key + " is refused: the tars of this partition are read to learn their files");
      }
    } catch (BadIndexException e) {
      notes.accept(e.getMessage() + ": the tars of this partition are read to learn their files");
      byPart.clear(); // what it says of a part may be cut off
      inParts = new NameSet();
      namesLostParts = false;
    }
  }

  private void indexed(String part, String name) {
    if (tars.containsKey(part)) {
      byPart.computeIfAbsent(part, any -> new NameSet()).add(name);
      inParts.add(name);
    } else {
      namesLostParts = true;
    }
  }

  /** Reads the index once more, because the names of lost parts may be too many to be kept. */
  private void readLost(Consumer<String> each) {
    try {
      PartitionIndex.read(
          source,
          PartitionIndex.dataKey(partition.path()),
          (part, name) -> {
            if (!tars.containsKey(part)) {
              each.accept(name);
            }
          });
    } catch (BadIndexException e) { // it was written meanwhile
      throw new StoreException(Kind.AWAY, String.valueOf(e.getMessage()));
    }
  }

  /** Reads a whole tar for the names of its documents. */
  private long countMembers(String name) {
    NameSet own = new NameSet();
    String key = "data/tar/" + partition.path() + "/" + name;
    try (SourceBody body = source.open(key, 0)) {
      TarReader tar = new TarReader(body, 0);
      for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
        if (next.get().isPdf()) {
          own.add(next.get().base());
          inParts.add(next.get().base());
        }
      }
    } catch (TarFormatException e) {
      notes.accept("%s is damaged after %,d files: %s".formatted(key, own.size(), e.getMessage()));
    } catch (IOException e) {
      throw new StoreException(Kind.AWAY, "%s breaks off: %s".formatted(key, e.getMessage()));
    } catch (StoreException e) {
      if (e.status() == NOT_FOUND || !source.lacks(e)) { // it was there just now: list again
        throw e;
      }
      notes.accept("%s is refused: its files are not known".formatted(key));
    }
    return own.size();
  }

  /**
   * Appends a line with the names that stood in lost parts, and those that only the metadata has.
   *
   * @param planned names that the plan has already
   */
  private void writeObjects(PlanWriter plan, NamesFile names, NameSet planned) throws IOException {
    Consumer<String> each =
        name -> {
          if (!inParts.contains(name) && planned.add(name)) {
            names.add(name);
          }
        };
    if (namesLostParts) {
      readLost(each);
    }
    readMetadata(each);
    if (names.count() > 0) {
      plan.objects(partition.path(), names.done(), names.count());
    }
  }

  private void readMetadata(Consumer<String> each) {
    if (!partition.hasMetadata()) {
      return;
    }
    if (partition.hasMetadataIndex()) {
      String key = PartitionIndex.metadataKey(partition.path());
      try {
        if (PartitionIndex.read(source, key, (part, name) -> pdf(name, each))) {
          return;
        }
        notes.accept(key + " is refused: the metadata of this partition is listed instead");
      } catch (BadIndexException e) {
        notes.accept(e.getMessage() + ": the metadata of this partition is listed instead");
      }
    }
    String folder = "metadata/json/" + partition.path() + "/";
    source.list(folder).forEach(object -> pdf(object.key().substring(folder.length()), each));
  }

  private static void pdf(String name, Consumer<String> each) {
    if (name.endsWith(JSON)) {
      each.accept(name.substring(0, name.length() - JSON.length()) + ".pdf");
    }
  }
}
