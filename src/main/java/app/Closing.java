package app;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Closes several resources, each one even if an earlier one fails to close. */
final class Closing {
  private Closing() {}

  /**
   * @param parts in the order in which they are closed
   * @throws IOException or a {@link RuntimeException}: the first failure, with the others
   *     suppressed
   */
  @SuppressWarnings("try") // the rest exists only to be closed
  static void all(List<Closeable> parts) throws IOException {
    if (!parts.isEmpty()) {
      try (Closeable rest = () -> all(parts.subList(1, parts.size()))) {
        parts.get(0).close();
      }
    }
  }
}
