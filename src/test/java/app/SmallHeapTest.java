package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallHeapTest {
  private static final long MIB = 1 << 20;
  private static final long HEAP = 192 * MIB;
  private static final long OLD = 164 * MIB;

  @Test
  void theOldGenerationIsCollectedLongBeforeTheHeapIsFull() {
    assertThat(SmallHeap.threshold(0, HEAP, OLD)).isEqualTo(48 * MIB);
    assertThat(SmallHeap.threshold(30 * MIB, HEAP, OLD)).isEqualTo(48 * MIB);
  }

  @Test
  void theHeapInUseMayGrowByATwelfthBeforeTheNextCollection() {
    assertThat(SmallHeap.threshold(58 * MIB, HEAP, OLD)).isEqualTo(74 * MIB);
    assertThat(SmallHeap.threshold(90 * MIB, HEAP, OLD)).isEqualTo(106 * MIB);
  }

  @Test
  void aThresholdIsNeverAboveWhatTheOldGenerationMayHave() {
    assertThat(SmallHeap.threshold(150 * MIB, HEAP, OLD)).isEqualTo(OLD);
  }

  @Test
  void aCollectionSetsTheThresholdOfTheNextOne() {
    SmallHeap.keep();
    MemoryPoolMXBean old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals(SmallHeap.OLD))
            .findFirst()
            .orElseThrow();
    long heap = Runtime.getRuntime().maxMemory();

    List<byte[]> held = new ArrayList<>();
    for (long filled = 0; filled < heap / 4; filled += MIB) {
      held.add(new byte[(int) MIB]);
    }
    System.gc();

    await()
        .untilAsserted(
            () ->
                assertThat(old.getUsageThreshold())
                    .isGreaterThanOrEqualTo(
                        Math.min(held.size() * MIB + heap / 12, old.getUsage().getMax())));
    held.clear();
    System.gc();

    await()
        .untilAsserted(() -> assertThat(old.getUsageThreshold()).isLessThan(heap / 4 + heap / 12));
  }
}
