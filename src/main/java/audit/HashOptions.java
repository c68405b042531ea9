package audit;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which hashes an audit compares.
 *
 * @param source where they come from
 * @param subset of which objects
 * @param resume how an interrupted audit continues; null if it starts from the beginning
 */
public record HashOptions(Source source, Subset subset, @Nullable Resume resume) {
  /**
   * How an interrupted audit continues.
   *
   * @param file keeps its progress
   * @param now the time
   */
  public record Resume(Path file, Instant now) {}

  /** None. */
  public static final HashOptions NONE = new HashOptions(Source.NONE, Subset.ALL, null);

  /** Where an object's SHA-256 comes from. */
  public enum Source {
    /** It is not compared. */
    NONE,
    /** The one that the store keeps. */
    KEPT,
    /** That of its bytes, read again. */
    BYTES
  }

  /** Whether any are compared. */
  public boolean any() {
    return source != Source.NONE;
  }
}
