package app;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Closes several things, each one whatever becomes of those before it. */
final class Closing {
  private Closing() {}

  /**
   * @param parts in the order in which they are closed
   * @throws IOException or a {@link RuntimeException}: the first failure, which has the others as
   *     its suppressed ones
   */
  @SuppressWarnings("try") // the rest is there to be closed, and for nothing else
  static void all(List<Closeable> parts) throws IOException {
    if (!parts.isEmpty()) {
      try (Closeable rest = () -> all(parts.subList(1, parts.size()))) {
        parts.get(0).close();
      }
    }
  }
}
