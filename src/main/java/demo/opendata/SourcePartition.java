package demo.opendata;

/**
 * A partition of the bucket.
 *
 * @param court with an underscore, as {@code 27_1}
 */
public record SourcePartition(int year, String court, String bench)
    implements Comparable<SourcePartition> {

  /** As in every key: {@code year=2023/court=27_1/bench=newas}. */
  public String path() {
    return "year=%d/court=%s/bench=%s".formatted(year, court, bench);
  }

  @Override
  public int compareTo(SourcePartition other) {
    return path().compareTo(other.path());
  }
}
