package app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LostLettersTest {
  @Test
  void lettersThatTheLocaleLacksAreReportedWithTheirPlace() {
    assertThat(LostLetters.in("/srv/\uFFFD\uFFFD", "run"))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .startsWith("the working folder \"/srv/\uFFFD\uFFFD\" has letters")
                    .endsWith("set LC_ALL=C.UTF-8"));
    assertThat(LostLetters.in("/srv", "accept", "--note", "\uFFFD"))
        .hasValueSatisfying(words -> assertThat(words).startsWith("the argument \"\uFFFD\" has"));
  }

  @Test
  void lettersThatTheLocaleHasAreNotReported() {
    assertThat(LostLetters.in("/srv/न्याय", "accept", "--note", "é")).isEmpty();
  }
}
