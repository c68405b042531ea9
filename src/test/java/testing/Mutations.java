package testing;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Good bytes, as corrupted by a broken disk, a lost connection or an attacker. */
public final class Mutations {
  private static final int MOST_EDITS = 8;

  private record Edit(double place, int bytes, byte value) {}

  private Mutations() {}

  /** Some runs of bytes replaced, and perhaps truncated or with something appended. */
  public static Arbitrary<byte[]> of(byte[] good) {
    Arbitrary<Edit> edit =
        Combinators.combine(
                Arbitraries.doubles().between(0, 1),
                Arbitraries.frequency(Tuple.of(6, 1), Tuple.of(2, 12), Tuple.of(1, 600)),
                Arbitraries.oneOf(
                    Arbitraries.bytes(),
                    Arbitraries.of("0179{}[]\",:<>'/\\ \n\r-xLKgS\0".chars().boxed().toList())
                        .map(Integer::byteValue)))
            .as(Edit::new);
    Arbitrary<Double> length =
        Arbitraries.oneOf(Arbitraries.just(1.0), Arbitraries.doubles().between(0, 1.2));
    return Combinators.combine(edit.list().ofMaxSize(MOST_EDITS), length)
        .as((edits, share) -> mutated(good, edits, share));
  }

  private static byte[] mutated(byte[] good, List<Edit> edits, double share) {
    byte[] bytes = good.clone();
    for (Edit edit : edits) {
      int from = (int) (edit.place() * (bytes.length - 1));
      Arrays.fill(bytes, from, Math.min(bytes.length, from + edit.bytes()), edit.value());
    }
    return Arrays.copyOf(bytes, (int) (bytes.length * share));
  }
}
