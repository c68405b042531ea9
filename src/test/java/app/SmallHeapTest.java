package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import org.junit.jupiter.api.Test;

class SmallHeapTest {
  @Test
  void theOldGenerationIsCollectedLongBeforeTheHeapIsFull() {
    SmallHeap.keep();

    assertThat(ManagementFactory.getMemoryPoolMXBeans())
        .filteredOn(pool -> pool.getName().equals(SmallHeap.OLD))
        .extracting(MemoryPoolMXBean::getUsageThreshold)
        .containsExactly(Runtime.getRuntime().maxMemory() / 3);
  }
}
