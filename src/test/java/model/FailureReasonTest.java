package model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReasonTest {
  static List<FailureReason> named() {
    return FailureReason.named();
  }

  @ParameterizedTest
  @MethodSource("named")
  void everyReasonHasWordsForPeopleOnTheDashboardAndInTheDescriptions(FailureReason reason)
      throws Exception {
    assertThat(Files.readString(Path.of("src/main/resources/web/reasons.js")))
        .contains("\n  " + reason.word() + ": '");
    assertThat(Files.readString(Path.of("src/main/resources/openapi.json")))
        .containsPattern("\"\\^\\(.*\\b" + reason.word() + "\\b.*\\)\\$\"");
    assertThat(Files.readString(Path.of("docs/api.md"))).contains("`" + reason.word() + "`");
  }

  @ParameterizedTest
  @MethodSource("named")
  void aReasonIsFoundByItsWord(FailureReason reason) {
    assertThat(FailureReason.of(reason.word())).containsSame(reason);
  }

  @Test
  void anHttpStatusIsAReasonWithItsNumber() {
    assertThat(FailureReason.of("http_503")).contains(FailureReason.http(503));
    assertThat(FailureReason.http(503).word()).isEqualTo("http_503");
    assertThat(FailureReason.http(503).isHttp()).isTrue();
    assertThat(FailureReason.http(503)).isNotEqualTo(FailureReason.http(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http_", "http_50", "http_5xx", "Gone", "lost"})
  void anyOtherWordIsNoReason(String word) {
    assertThat(FailureReason.of(word)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gone,final",
    "not_pdf,",
    "truncated,",
    "empty,",
    "timeout,silence",
    "connect,silence",
    "reset,silence",
    "store,",
    "http_403,",
    "http_429,silence",
    "http_500,silence",
    "http_599,silence",
    "http_600,",
    "foreign_host,rejection",
    "bad_address,rejection",
    "too_large,rejection",
    "withheld,rejection",
    "unreadable,rejection"
  })
  void aReasonDecidesWhatFollows(String word, String effect) {
    FailureReason reason = FailureReason.of(word).orElseThrow();

    assertThat(reason.isSilence()).isEqualTo("silence".equals(effect));
    assertThat(reason.isRejection()).isEqualTo("rejection".equals(effect));
    assertThat(reason.isFinal()).isEqualTo("final".equals(effect) || "rejection".equals(effect));
  }
}
