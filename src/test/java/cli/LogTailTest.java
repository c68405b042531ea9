package cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTailTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          a b c | false | b c d e | d e
          a b c | false | a b c   | ''
          a b c | false | c       | ''
          a b c | false | x y     | x y
          a a   | true  | a a a   | a
          a b   | true  | a b a b | a b
          ''    | true  | a       | a
          a     | true  | ''      | ''
          """)
  void onlyLinesAddedSinceAreNew(String before, boolean whole, String now, String fresh) {
    assertThat(new LogTail(words(before), whole).next(words(now), whole)).isEqualTo(words(fresh));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
