package audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import model.PageRange;
import org.jspecify.annotations.Nullable;
import platform.OwnerOnly;

/**
 * The progress of a comparison of hashes, in a file, so that one that was interrupted after days
 * continues where it stopped. Objects are compared in the order of their keys.
 */
final class HashProgress {
  /** Older progress proves too little about today. */
  private static final Duration LONGEST = Duration.ofDays(7);

  /** A store refuses requests whose clock differs from its own by more than this. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  /** Objects with findings are compared again; with more of them than this, all are. */
  private static final int MOST_WRONG = 1_000;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The content of the file.
   *
   * @param what what is compared
   * @param began when the first of them was, in milliseconds since 1970
   * @param last the last key that was
   * @param compared objects whose hash was compared
   * @param unknown objects without a hash
   * @param wrong keys of objects with a finding
   */
  private record Saved(
      @JsonProperty("what") String what,
      @JsonProperty("began") long began,
      @JsonProperty("last") @Nullable String last,
      @JsonProperty("compared") long compared,
      @JsonProperty("unknown") long unknown,
      @JsonProperty("wrong") Set<String> wrong) {}

  private final @Nullable Path file;
  private final String what;
  private final Saved earlier;
  private final Set<String> wrong;
  private long compared;
  private long unknown;
  private long again;
  private long unsaved;

  private HashProgress(@Nullable Path file, String what, Saved earlier) {
    this.file = file;
    this.what = what;
    this.earlier = earlier;
    this.wrong = new HashSet<>();
    this.compared = earlier.compared();
    this.unknown = earlier.unknown();
  }

  /** Starts, or continues where the same comparison of the same pages was interrupted. */
  static HashProgress of(HashOptions options, PageRange pages) {
    HashOptions.Resume resume = options.resume();
    String what = "%s of %s, %s".formatted(options.source(), options.subset(), pages.words());
    long now = resume == null ? 0 : resume.now().toEpochMilli();
    Saved none = new Saved(what, now, null, 0, 0, Set.of());
    if (resume == null || !options.subset().isFixed()) {
      return new HashProgress(null, what, none);
    }
    return new HashProgress(resume.file(), what, read(resume, what).orElse(none));
  }

  private static Optional<Saved> read(HashOptions.Resume resume, String what) {
    try {
      Instant written = Files.getLastModifiedTime(resume.file()).toInstant();
      Saved saved = JSON.readValue(resume.file().toFile(), Saved.class);
      return Optional.of(saved)
          .filter(found -> found.what().equals(what))
          .filter(found -> written.plus(LONGEST).isAfter(resume.now()));
    } catch (IOException e) {
      return Optional.empty(); // there is none, or none that can be read
    }
  }

  long compared() {
    return compared;
  }

  long unknown() {
    return unknown;
  }

  /** What of this comparison is from before an interruption; null if nothing is. */
  @Nullable Resumed resumed() {
    return earlier.compared() > again
        ? new Resumed(earlier.compared() - again, Instant.ofEpochMilli(earlier.began()).toString())
        : null;
  }

  /**
   * Whether the object was compared before the interruption, was right, and has not been written
   * since.
   *
   * @param modified when it was last written, in milliseconds since 1970; 0 if unknown
   */
  boolean isDone(String key, long modified) {
    String last = earlier.last();
    return last != null
        && compare(key, last) <= 0
        && !earlier.wrong().contains(key)
        && modified > 0
        && modified < earlier.began() - CLOCK_SKEW.toMillis();
  }

  /** As the database sorts them. */
  private static int compare(String key, String other) {
    return Arrays.compareUnsigned(
        key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The next object was compared, if it has a hash. */
  void took(String key, boolean isCompared, boolean isWrong) {
    boolean isNew = earlier.last() == null || compare(key, earlier.last()) > 0;
    if (isWrong) {
      wrong.add(key);
    }
    if (isNew) {
      compared += isCompared ? 1 : 0;
      unknown += isCompared ? 0 : 1;
      save(key);
    } else if (isCompared) {
      again++;
    }
  }

  /** The next object was not compared, which is a finding: it is asked for again. */
  void missed(String key) {
    wrong.add(key);
  }

  /** Saves often at first, so that little is lost with a slow store; later after each percent. */
  private void save(String key) {
    if (file != null && wrong.size() <= MOST_WRONG && ++unsaved > Math.min(compared / 100, 1_000)) {
      unsaved = 0;
      try {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        OwnerOnly.file(next);
        JSON.writeValue(
            next.toFile(), new Saved(what, earlier.began(), key, compared, unknown, wrong));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        // it could not continue from here after an interruption, which is no reason to abort it
      }
    }
  }

  /** All were compared. */
  void done() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
