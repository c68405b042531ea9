package app;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.NotificationEmitter;

/**
 * Keeps the heap of a process that runs for weeks small. The serial collector fills the whole old
 * generation before it collects it, so every process would end up with its maximum heap, though a
 * harvest needs a fifth of it. Here the old generation is collected when it has grown to a quarter
 * of the heap; more is still available when it is needed temporarily, as for a huge listing.
 *
 * <p>A collection stops all threads for a tenth of a second. Therefore each one is followed by room
 * to grow: if nearly a quarter is in use, as with many scripts, the next collection waits until a
 * further twelfth of the heap is in use.
 */
final class SmallHeap {
  /** The old generation of the serial collector; other collectors look after it themselves. */
  static final String OLD = "Tenured Gen";

  private static final int SHARE = 4;
  private static final int ROOM = 12;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private SmallHeap() {}

  /** Keeps the heap small from now on, until the process ends. */
  static void keep() {
    if (BEGUN.getAndSet(true)) {
      return;
    }
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals(OLD)) {
        collectAt(pool, 0);
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean())
            .addNotificationListener(
                (exceeded, context) -> System.gc(),
                notification ->
                    notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                null);
        afterCollections(pool);
      }
    }
  }

  private static void afterCollections(MemoryPoolMXBean pool) {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (looksAfter(collector, pool)) {
        ((NotificationEmitter) collector)
            .addNotificationListener(
                (collected, context) -> collectAt(pool, pool.getCollectionUsage().getUsed()),
                notification ->
                    notification
                        .getType()
                        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
                null);
      }
    }
  }

  /** Whether the collector is the one that collects this pool alone or with others. */
  private static boolean looksAfter(GarbageCollectorMXBean collector, MemoryPoolMXBean pool) {
    return Arrays.asList(collector.getMemoryPoolNames()).contains(pool.getName());
  }

  private static void collectAt(MemoryPoolMXBean pool, long inUse) {
    pool.setUsageThreshold(
        threshold(inUse, Runtime.getRuntime().maxMemory(), pool.getUsage().getMax()));
  }

  /**
   * The usage at which the old generation is collected.
   *
   * @param inUse bytes that the last collection left
   * @param heap the most that the heap may have
   * @param most the most that the old generation may have; what is in use beyond it is collected
   *     anyway
   */
  static long threshold(long inUse, long heap, long most) {
    return Math.min(Math.max(heap / SHARE, inUse + heap / ROOM), most);
  }
}
