package portal.opendata;

import java.util.List;
import java.util.function.Consumer;

/** What the plan and the indexes of the source say about pages. Thread-safe. */
public interface Slices {
  /** What a page stands for. */
  Slice slice(int page);

  /** How many documents the plan has in all. */
  long total();

  /**
   * Reads the names that the partition's index has for a part now, each once, in its order.
   *
   * @return false if the index does not name the part
   * @throws store.StoreException if the source does not answer
   */
  boolean names(String partition, String part, Consumer<String> each);

  /**
   * The parts that the partition's index names now.
   *
   * @throws store.StoreException if the source does not answer
   */
  List<String> parts(String partition);

  /**
   * The parts of its partition that the plan had when a slice came into it. What came later may
   * have come in its place.
   */
  List<String> planned(Slice slice);
}
