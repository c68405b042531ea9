package demo.ecourts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptchaPictureTest {
  @Test
  void everyLetterLooksDifferent() {
    assertThat(
            CaptchaPicture.ALPHABET.chars().mapToObj(Character::toString).map(CaptchaPicture::png))
        .hasSize(30)
        .doesNotHaveDuplicates();
  }
}
