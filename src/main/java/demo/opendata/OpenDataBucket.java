package demo.opendata;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The content of a source bucket: the same seed gives the same keys and bytes. Its judgments are
 * those that {@link demo.ecourts.EcourtsPortal} shows with the same number of documents, so that
 * the portal has, under the same paths, the documents that the bucket lacks.
 *
 * <pre>{@code
 * OpenDataBucket bucket = new OpenDataBucket(7, 400, 12, SourceDefect.all());
 * bucket.write((key, bytes) -> store.put("indian-high-court-judgments", key, bytes));
 * }</pre>
 */
public final class OpenDataBucket {
  /** The public bucket's name. */
  public static final String NAME = "indian-high-court-judgments";

  private final Set<SourceDefect> defects;
  private final SourceLayout layout;

  /**
   * @param judgments how many of the simulator's judgments it covers; from about 200 on, every
   *     defect occurs
   * @param perPart documents of a full part
   * @param defects what is wrong with it
   */
  public OpenDataBucket(long seed, int judgments, int perPart, Set<SourceDefect> defects) {
    this.defects = defects.isEmpty() ? EnumSet.noneOf(SourceDefect.class) : EnumSet.copyOf(defects);
    List<SourceDocument> catalogue = new SourceCatalogue(seed, judgments, this.defects).documents();
    this.layout = new SourceLayout(seed, perPart, this.defects, catalogue);
  }

  /** The partitions, in the order of their keys. */
  public List<SourcePartition> partitions() {
    return List.copyOf(layout.documents().keySet());
  }

  /** All parts, by partition. */
  public List<SourcePart> parts() {
    return layout.parts();
  }

  /** All documents, by partition. */
  public List<SourceDocument> documents() {
    return layout.documents().values().stream().flatMap(List::stream).toList();
  }

  /** The documents of one partition. */
  public List<SourceDocument> documents(SourcePartition partition) {
    return layout.documents().getOrDefault(partition, List.of());
  }

  /** The document with this base name; several partitions may have it. */
  public Optional<SourceDocument> document(SourcePartition partition, String name) {
    return documents(partition).stream()
        .filter(document -> document.name().equals(name))
        .findFirst();
  }

  /**
   * Writes every object, one partition after the other.
   *
   * @param put gets key and bytes
   */
  public void write(BiConsumer<String, byte[]> put) {
    partitions()
        .forEach(partition -> new SourceFiles(defects, layout, partition).write().forEach(put));
  }
}
