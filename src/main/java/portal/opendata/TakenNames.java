package portal.opendata;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** The names that earlier pages of a part have taken: 64 bits of each, because there are many. */
final class TakenNames {
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final Set<Long> hashes = new HashSet<>();

  /** Returns false if it was taken before. */
  boolean add(String name) {
    return hashes.add(hash(name));
  }

  boolean contains(String name) {
    return hashes.contains(hash(name));
  }

  int size() {
    return hashes.size();
  }

  /** FNV-1a, with its bits mixed once more. */
  private static long hash(String name) {
    long hash = BASIS;
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ each & 0xff) * PRIME;
    }
    hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    return hash ^ hash >>> 29;
  }
}
