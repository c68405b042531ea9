package demo.opendata;

import java.util.List;

/**
 * A part of a partition.
 *
 * @param name of its tar in the folder of the partition
 * @param inIndex whether {@code data.index.json} names it
 * @param exists whether its tar exists
 * @param names what the index says of its files, in the index's order, repeated where it is wrong
 * @param members what its tar holds, in the tar's order, repeated where it is wrong
 */
public record SourcePart(
    SourcePartition partition,
    String name,
    boolean inIndex,
    boolean exists,
    List<String> names,
    List<SourceDocument> members) {

  /** The key of its tar. */
  public String key() {
    return "data/tar/" + partition.path() + "/" + name;
  }
}
