package scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ledger.UnstoredCounts;
import org.junit.jupiter.api.Test;

class HarvestResultTest {
  private static HarvestResult result(
      long stored, Map<String, Long> failed, Map<String, Long> rejected, Map<String, Long> hosts) {
    return new HarvestResult(stored, new UnstoredCounts(failed, rejected, hosts));
  }

  @Test
  void unstoredRowsAreNamedWithTheirReasonsAndHosts() {
    assertThat(result(1_452, Map.of(), Map.of(), Map.of()).words())
        .isEqualTo("completed, 1,452 of 1,452 stored");
    assertThat(
            result(0, Map.of(), Map.of("foreign_host", 452L), Map.of("files.example", 452L))
                .words())
        .isEqualTo("completed, 0 of 452 stored: 452 rejected (foreign_host: files.example 452)");
  }

  @Test
  void scriptsAreAddedUpAndTheMostFrequentComesFirst() {
    HarvestResult one = result(1, Map.of("gone", 1L), Map.of("withheld", 1L), Map.of());
    HarvestResult other =
        result(2, Map.of("timeout", 5L), Map.of("withheld", 2L, "robots", 2L), Map.of());
    assertThat(HarvestResult.sum(List.of(one, other)).words())
        .isEqualTo(
            "completed, 3 of 14 stored: 5 rejected (withheld 3; robots 2),"
                + " 6 failed (timeout 5; gone 1)");
  }

  @Test
  void onlySomeOfManyHostsAreNamed() {
    Map<String, Long> hosts =
        IntStream.range(0, 7)
            .boxed()
            .collect(Collectors.toMap(i -> "h" + i, i -> 1L, Long::sum, TreeMap::new));
    assertThat(result(1, Map.of(), Map.of("foreign_host", 7L), hosts).words())
        .endsWith("(foreign_host: h0 1, h1 1, h2 1, h3 1, h4 1, 2 more hosts)");
  }

  @Test
  void onlyAHarvestWithRowsButWithoutDocumentsHasStoredNothing() {
    assertThat(result(0, Map.of(), Map.of(), Map.of()).broughtNothing()).isFalse();
    assertThat(result(1, Map.of("gone", 9L), Map.of(), Map.of()).broughtNothing()).isFalse();
    assertThat(result(0, Map.of("gone", 9L), Map.of(), Map.of()).broughtNothing()).isTrue();
  }
}
