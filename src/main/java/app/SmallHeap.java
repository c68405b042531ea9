package app;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.NotificationEmitter;

/**
 * Keeps the heap of a process that runs for weeks small. The serial collector fills all of the old
 * generation before it looks there for garbage, so every process would end up with the whole heap
 * that it may have, though a harvest needs a fifth of it. Here the old generation is collected when
 * it has grown to a third of the heap; what is needed beyond that for a while, for a huge listing,
 * is there all the same.
 */
final class SmallHeap {
  /** The old generation of the serial collector; other collectors look after it themselves. */
  static final String OLD = "Tenured Gen";

  private static final int SHARE = 3;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private SmallHeap() {}

  /** From now on, until the process ends. */
  static void keep() {
    if (BEGUN.getAndSet(true)) {
      return;
    }
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals(OLD)) {
        pool.setUsageThreshold(Runtime.getRuntime().maxMemory() / SHARE);
        // told once, when it grows beyond: if all of it is in use, nothing is tried again and again
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean())
            .addNotificationListener(
                (exceeded, context) -> System.gc(),
                notification ->
                    notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                null);
      }
    }
  }
}
