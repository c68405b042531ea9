package demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptchaImageTest {
  @Test
  void everyLetterLooksDifferent() {
    assertThat(CaptchaImage.ALPHABET.chars().mapToObj(Character::toString).map(CaptchaImage::png))
        .hasSize(30)
        .doesNotHaveDuplicates();
  }
}
