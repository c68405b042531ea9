package portal.links;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "16,886,658",
        "1,68,86,658",
        "16.886.658",
        "16\u00A0886\u00A0658",
        "16\u202F886\u202F658",
        "16\u2009886\u2009658",
        "16\u2019886\u2019658",
        "16_886_658",
        "16886658.00",
        "16.886.658,00",
        "\u0967\u096C\u096E\u096E\u096C\u096C\u096B\u096E",
        "\u0967,\u096C\u096E,\u096E\u096C,\u096C\u096B\u096E",
        "\u0661\u0666\u066C\u0668\u0668\u0666\u066C\u0666\u0665\u0668",
        "\uFF11\uFF16\uFF18\uFF18\uFF16\uFF16\uFF15\uFF18",
        "1-100 OF 16,886,658",
        "of 16886658 entries",
      })
  void aTotalIsReadInEveryNotation(String text) {
    assertThat(TotalText.number(text)).hasValue(16_886_658);
  }

  @ParameterizedTest
  @CsvSource({
    "Page 1 of 20 (500 results)",
    "500 results; page 3/1688",
    "500 judgments between 01-01-2000 and 31-12-2020",
    "500 results on 31.12.2020",
    "2020-12-31: 500 results",
    "1 to 100 of 500 entries (filtered from 16886658 in all)",
    "3 of 10000 pages; 500 results",
    "500 judgments in pages of 1000",
    "10:30 500 results",
    "500 results (0.123 seconds)",
    "500 results (0.98765 seconds)",
    "500.00",
  })
  void datesTimesAndPageNumbersAreNoTotal(String text) {
    assertThat(TotalText.number(text)).hasValue(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "1.5 million",
        "1-100 of 1.5 million",
        "about 15 lakhs",
        "2 crore judgments",
        "12k",
        "1.5",
        "3.14159",
        "1,234.56",
        "12,34",
        "12,345,67",
        "-5",
        "Results: \u22125",
        "45 %",
        "45%",
      })
  void partsOfNumbersAndRoundedNumbersAreNoTotal(String text) {
    assertThat(TotalText.number(text)).isEmpty();
  }

  @Test
  void aLongTextIsReadQuickly() {
    assertThat(TotalText.number("1,22".repeat(100_000) + " of 500")).hasValue(500);
    assertThat(TotalText.number("1,222,".repeat(100_000) + " of 500")).hasValue(500);
    assertThat(TotalText.number("1 ".repeat(100_000) + " of 500")).hasValue(500);
  }
}
