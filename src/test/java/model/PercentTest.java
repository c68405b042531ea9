package model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
  @ParameterizedTest
  @CsvSource({
    "0, 168867, 0",
    "1, 168867, 0.01",
    "17, 168867, 0.01",
    "34, 168867, 0.02",
    "1, 3, 33.33",
    "2, 3, 66.66",
    "29, 100, 29",
    "168866, 168867, 99.99",
    "168867, 168867, 100",
    "0, 0, 100"
  })
  void itIsRoundedDownButNotToNothing(long part, long whole, double percent) {
    assertThat(Percent.of(part, whole)).isEqualTo(percent);
  }

  @Property
  void onlyAllIsHundredAndOnlyNothingIsZero(
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long whole,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long any) {
    long part = any % (whole + 1);
    double percent = Percent.of(part, whole);

    assertThat(percent == 100).isEqualTo(part == whole);
    assertThat(percent == 0).isEqualTo(part == 0);
    assertThat(percent).isBetween(0.0, 100.0);
  }

  @ParameterizedTest
  @CsvSource({"61, 61 %", "0, 0 %", "100, 100 %", "9.94, 9.94 %", "80.1, 80.1 %", "0.01, 0.01 %"})
  void wordsHaveTheDigitsThatThereAre(double percent, String words) {
    assertThat(Percent.words(percent)).isEqualTo(words);
  }
}
