package demo.opendata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Divides the documents of each partition into parts, with the defects of partitions. */
final class SourceLayout {
  private static final List<SourceDefect> OF_PARTITIONS =
      List.of(
          SourceDefect.ORPHAN_TAR,
          SourceDefect.LOST_PART,
          SourceDefect.NO_INDEX,
          SourceDefect.OLD_NAMES,
          SourceDefect.NO_DATA);

  private final long seed;
  private final int perPart;
  private final Map<SourcePartition, List<SourceDocument>> documents = new TreeMap<>();
  private final Map<SourceDefect, SourcePartition> wrong = new EnumMap<>(SourceDefect.class);
  private final List<SourcePart> parts = new ArrayList<>();

  /**
   * @param perPart documents of a full part
   */
  SourceLayout(long seed, int perPart, Set<SourceDefect> defects, List<SourceDocument> catalogue) {
    this.seed = seed;
    this.perPart = perPart;
    Map<SourcePartition, List<SourceDocument>> byPartition = new TreeMap<>();
    for (SourceDocument document : catalogue) {
      byPartition.computeIfAbsent(document.partition(), key -> new ArrayList<>()).add(document);
    }
    List<SourcePartition> largest =
        byPartition.keySet().stream()
            .sorted(
                Comparator.comparing(
                    partition -> -byPartition.getOrDefault(partition, List.of()).size()))
            .toList();
    for (int i = 0; i < OF_PARTITIONS.size() && i < largest.size(); i++) {
      if (defects.contains(OF_PARTITIONS.get(i))) {
        wrong.put(OF_PARTITIONS.get(i), largest.get(i));
      }
    }
    byPartition.forEach(this::divide);
  }

  private boolean has(SourcePartition partition, SourceDefect defect) {
    return partition.equals(wrong.get(defect));
  }

  private void divide(SourcePartition partition, List<SourceDocument> all) {
    boolean noData = has(partition, SourceDefect.NO_DATA);
    List<SourceDocument> placed = new ArrayList<>();
    List<SourceDocument> inParts = new ArrayList<>();
    for (SourceDocument document : all) {
      if (noData) {
        placed.add(document.placed(false, false, document.isOnlyHere()));
      } else if (document.indexed() || document.inTar()) {
        inParts.add(document);
      } else {
        placed.add(document);
      }
    }
    int size = has(partition, SourceDefect.OLD_NAMES) ? Integer.MAX_VALUE : perPart;
    int number = 0;
    for (int at = 0; at < inParts.size(); at += Math.min(size, inParts.size() - at)) {
      int end = at + Math.min(size, inParts.size() - at);
      placed.addAll(part(partition, number++, end == inParts.size(), inParts.subList(at, end)));
    }
    documents.put(partition, List.copyOf(placed));
  }

  private List<SourceDocument> part(
      SourcePartition partition, int number, boolean last, List<SourceDocument> content) {
    boolean lost = has(partition, SourceDefect.LOST_PART) && number == 0;
    boolean orphan =
        has(partition, SourceDefect.NO_INDEX) || has(partition, SourceDefect.ORPHAN_TAR) && last;
    List<SourceDocument> placed = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      SourceDocument document = content.get(i);
      boolean isObject = document.isObject() && (!lost || i % 2 == 0 || document.isOnlyHere());
      boolean isIndexed = document.indexed() && !orphan;
      placed.add(document.placed(isIndexed, document.inTar() && !lost, isObject));
    }
    parts.add(
        new SourcePart(
            partition,
            name(partition, number),
            !orphan,
            !lost,
            names(orphan ? List.of() : placed),
            lost ? List.of() : members(partition, placed)));
    return placed;
  }

  private String name(SourcePartition partition, int number) {
    if (has(partition, SourceDefect.OLD_NAMES)) {
      return partition.year() % 2 == 0 ? "pdfs.tar" : "data.tar";
    }
    String run = "part-2026%02d11T120000Z".formatted(number / 2 + 1);
    return run + (number % 2 == 0 ? "" : "-1") + (number == 2 ? "-append" : "") + ".tar";
  }

  private static List<String> names(List<SourceDocument> documents) {
    List<String> names = new ArrayList<>();
    for (SourceDocument document : documents) {
      if (document.indexed()) {
        names.add(document.pdfName());
      }
      if (document.has(SourceDefect.INDEXED_TWICE)) {
        names.add(document.pdfName());
      }
    }
    return names;
  }

  /** The order of a tar is not that of its index. */
  private List<SourceDocument> members(SourcePartition partition, List<SourceDocument> documents) {
    List<SourceDocument> members = new ArrayList<>();
    for (SourceDocument document : documents) {
      if (document.inTar()) {
        members.add(document);
      }
      if (document.has(SourceDefect.IN_TAR_TWICE)) {
        members.add(document);
      }
    }
    Collections.shuffle(members, new Random(seed + partition.path().hashCode()));
    return members;
  }

  /** All partitions in order, each with its documents. */
  Map<SourcePartition, List<SourceDocument>> documents() {
    return documents;
  }

  /** All parts, by partition and in the order of the index. */
  List<SourcePart> parts() {
    return List.copyOf(parts);
  }

  boolean hasOldNames(SourcePartition partition) {
    return has(partition, SourceDefect.OLD_NAMES);
  }

  /** Whether there is a {@code data.index.json}. */
  boolean hasIndex(SourcePartition partition) {
    return !has(partition, SourceDefect.NO_INDEX) && !has(partition, SourceDefect.NO_DATA);
  }
}
