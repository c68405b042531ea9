package portal.opendata.plan;

/**
 * A set of up to a million names, as hashes of eight bytes each, so that they fit into a small
 * heap.
 */
public final class NameSet {
  private long[] table = new long[1 << 10];
  private int size;

  /** Returns whether it was not there before. */
  public boolean add(String name) {
    if (size * 2 >= table.length) {
      grow();
    }
    boolean isNew = put(table, hash(name));
    if (isNew) {
      size++;
    }
    return isNew;
  }

  /** Whether it occurred. */
  public boolean contains(String name) {
    long hash = hash(name);
    for (int at = slot(table, hash); table[at] != 0; at = at + 1 & table.length - 1) {
      if (table[at] == hash) {
        return true;
      }
    }
    return false;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long hash : table) {
      if (hash != 0) {
        put(larger, hash);
      }
    }
    table = larger;
  }

  private static boolean put(long[] table, long hash) {
    int at = slot(table, hash);
    for (; table[at] != 0; at = at + 1 & table.length - 1) {
      if (table[at] == hash) {
        return false;
      }
    }
    table[at] = hash;
    return true;
  }

  private static int slot(long[] table, long hash) {
    return (int) (hash >>> 32) & table.length - 1;
  }

  /** 64 bits: two of a million names are taken for one another once in 40 million partitions. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
      hash = (hash ^ hash >>> 29) * 0xbf58476d1ce4e5b9L;
    }
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
