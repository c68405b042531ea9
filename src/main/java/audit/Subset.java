package audit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The objects whose hashes are compared: all, one of some disjoint parts, or a random sample. */
public sealed interface Subset {
  /** All of them. */
  Subset ALL = new Part(1, 1);

  /** Selects objects, which come in the order of their keys. */
  interface Selection extends Predicate<String> {}

  /**
   * One of some disjoint parts, the same objects every time.
   *
   * @param nth from 1
   */
  record Part(int nth, int parts) implements Subset {
    @Override
    public Selection of(long objects, long bytes) {
      return key -> {
        CRC32 hash = new CRC32();
        hash.update(key.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % parts == nth - 1;
      };
    }
  }

  /** A random sample of this share of the objects, above 0 and up to 1. */
  record Share(double share, RandomGenerator random) implements Subset {
    @Override
    public Selection of(long objects, long bytes) {
      return sample((long) Math.ceil(share * objects), objects, random);
    }
  }

  /** A random sample of about this many bytes. */
  record Bytes(long wanted, RandomGenerator random) implements Subset {
    @Override
    public Selection of(long objects, long bytes) {
      double share = bytes == 0 ? 1 : Math.min(1, (double) wanted / bytes);
      return sample((long) Math.ceil(share * objects), objects, random);
    }
  }

  /**
   * The selection for one audit.
   *
   * @param objects how many objects there are
   * @param bytes their size in all
   */
  Selection of(long objects, long bytes);

  /** Whether it selects the same objects every time. */
  default boolean isFixed() {
    return this instanceof Part;
  }

  /**
   * Reads {@code 3/30}, {@code 5%} or {@code 10GiB}.
   *
   * @param size reads a size in bytes
   * @throws IllegalArgumentException if it is none of them
   */
  static Subset of(String text, ToLongFunction<String> size, RandomGenerator random) {
    Matcher part = Pattern.compile("(\\d{1,9})/(\\d{1,9})").matcher(text);
    if (part.matches()) {
      int nth = Integer.parseInt(part.group(1));
      int parts = Integer.parseInt(part.group(2));
      require(nth >= 1 && nth <= parts);
      return new Part(nth, parts);
    }
    if (text.endsWith("%")) {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
      require(percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0);
      return new Share(percent.movePointLeft(2).doubleValue(), random);
    }
    long bytes = size.applyAsLong(text);
    require(bytes > 0);
    return new Bytes(bytes, random);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }

  /** Exactly this many of all, each equally likely (Knuth's algorithm S). */
  private static Selection sample(long wanted, long objects, RandomGenerator random) {
    long[] left = {wanted, objects};
    return key -> {
      boolean chosen = random.nextDouble() * Math.max(1, left[1]) < left[0];
      left[0] -= chosen ? 1 : 0;
      left[1]--;
      return chosen;
    };
  }
}
