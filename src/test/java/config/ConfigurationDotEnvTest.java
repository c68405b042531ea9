package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationDotEnvTest {

  @Test
  void linesCommentsExportsAndQuotesAreRead() {
    assertThat(
            parse(
                """
                # a comment
                A=plain text  # and a comment

                export B='single # $quoted \\n'
                  C = "double \\"quoted\\"\\n\\$x # no comment" # comment
                D=
                E=#not-a-comment
                F=a=b#c
                G= # only a comment
                A=last wins
                H='two
                lines'
                I=end"""))
        .containsOnly(
            Map.entry("A", "last wins"),
            Map.entry("B", "single # $quoted \\n"),
            Map.entry("C", "double \"quoted\"\n$x # no comment"),
            Map.entry("D", ""),
            Map.entry("E", "#not-a-comment"),
            Map.entry("F", "a=b#c"),
            Map.entry("G", ""),
            Map.entry("H", "two\nlines"),
            Map.entry("I", "end"));
  }

  @Test
  void windowsLineEndsAreRead() {
    assertThat(parse("A=1\r\nB='2'\r\n\r\n# x\r\n"))
        .containsOnly(Map.entry("A", "1"), Map.entry("B", "2"));
  }

  @Test
  void longFilesAreRead() {
    String value = "x".repeat(200_000);
    String text = "# comment\n".repeat(20_000) + "A=" + value + "\nB=\"" + value + "\"\n";

    assertThat(parse(text)).containsEntry("A", value).containsEntry("B", value);
  }

  @Test
  void aLineThatIsNotASettingIsReportedWithoutItsText() {
    assertMistake("A=1\nsecret words\n", ".env: line 2: expected KEY=VALUE");
    assertMistake("A=1\n\nB=\"secret\n", ".env: line 3: a quote is opened and never closed");
    assertMistake(
        "A='secret'b\n", ".env: line 1: expected the end of the line after the closing quote");
    assertMistake(
        "harvest.page-size=5\n",
        ".env: line 1: expected a name of letters, digits and _,"
            + " such as HARVEST_PAGE_SIZE for harvest.page-size, and then =");
  }

  private static void assertMistake(String text, String message) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> parse(text))
        .withMessage(message);
  }

  private static Map<String, String> parse(String text) {
    return DotEnv.parse(text, twice -> {});
  }
}
