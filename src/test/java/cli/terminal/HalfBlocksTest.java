package cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class HalfBlocksTest {
  private static final int BLACK = 0xff000000;
  private static final int WHITE = 0xffffffff;

  private static BufferedImage image(int width, int height, int... pixels) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < pixels.length; i++) {
      image.setRGB(i % width, i / width, pixels[i]);
    }
    return image;
  }

  private static String draw(BufferedImage image, int most) {
    return new HalfBlocks(image, most).toString();
  }

  private static String cell(int upper, int lower) {
    return "\033[38;5;%d;48;5;%dm▀".formatted(upper, lower);
  }

  @Test
  void twoPixelsAreOneCharacter() {
    assertThat(draw(image(2, 2, BLACK, WHITE, WHITE, BLACK), 80))
        .isEqualTo(cell(16, 231) + cell(231, 16) + "\033[0m\n");
  }

  @Test
  void coloursAreGreysAndTransparentIsWhite() {
    assertThat(draw(image(2, 2, 0xff808080, 0x00000000, 0xffff0000, 0xff00ff00), 80))
        .isEqualTo(cell(244, 238) + cell(231, 246) + "\033[0m\n");
  }

  @Test
  void theLowerHalfAfterAnOddNumberOfPixelsIsWhite() {
    assertThat(draw(image(1, 3, BLACK, BLACK, BLACK), 80))
        .isEqualTo(cell(16, 16) + "\033[0m\n" + cell(16, 231) + "\033[0m\n");
  }

  @Test
  void aWideImageIsScaledDownInBothDirections() {
    List<String> lines = draw(image(215, 80), 80).lines().toList();
    assertThat(lines).hasSize(15);
    assertThat(lines).allSatisfy(line -> assertThat(line.split("▀", -1)).hasSize(81));
  }

  @Test
  void mergedPixelsAreAveraged() {
    assertThat(draw(image(2, 2, BLACK, WHITE, WHITE, BLACK), 1))
        .isEqualTo(cell(243, 231) + "\033[0m\n");
  }
}
