package cli.terminal;

import java.awt.image.BufferedImage;

/**
 * Renders an image as characters, for terminals with 256 colours: each character shows two pixels,
 * one above the other, in shades of grey.
 */
public final class HalfBlocks {
  private static final int WHITE = 255;
  private static final int SHADES = 26; // black, the 24 greys of the palette, white

  private final BufferedImage image;
  private final int width;
  private final int height;

  /**
   * @param most columns; a wider image is scaled down
   */
  public HalfBlocks(BufferedImage image, int most) {
    this.image = image;
    this.width = Math.min(image.getWidth(), most);
    this.height = Math.max(1, Math.round((float) image.getHeight() * width / image.getWidth()));
  }

  /** The image as lines of text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < height; y += 2) {
      for (int x = 0; x < width; x++) {
        int upper = colour(brightness(x, y));
        int lower = colour(y + 1 < height ? brightness(x, y + 1) : WHITE);
        text.append("\033[38;5;%d;48;5;%dm▀".formatted(upper, lower));
      }
      text.append("\033[0m\n");
    }
    return text.toString();
  }

  /** The mean brightness, 0 to 255, of the image's pixels that this one stands for. */
  private long brightness(int x, int y) {
    long sum = 0;
    long pixels = 0;
    for (int row = first(y, image.getHeight(), height);
        row < end(y, image.getHeight(), height);
        row++) {
      for (int column = first(x, image.getWidth(), width);
          column < end(x, image.getWidth(), width);
          column++) {
        sum += brightness(image.getRGB(column, row));
        pixels++;
      }
    }
    return sum / pixels;
  }

  private static int first(int position, int from, int to) {
    return position * from / to;
  }

  private static int end(int position, int from, int to) {
    return Math.max(first(position, from, to) + 1, first(position + 1, from, to));
  }

  /** The brightness in front of a white background. */
  private static int brightness(int argb) {
    int alpha = argb >>> 24;
    int red = argb >> 16 & 0xff;
    int green = argb >> 8 & 0xff;
    int blue = argb & 0xff;
    return ((299 * red + 587 * green + 114 * blue) / 1000 * alpha + WHITE * (WHITE - alpha))
        / WHITE;
  }

  /** The index in the palette of 256 colours. */
  private static int colour(long brightness) {
    int shade = (int) (brightness * SHADES / (WHITE + 1));
    return switch (shade) {
      case 0 -> 16;
      case SHADES - 1 -> 231;
      default -> 231 + shade;
    };
  }
}
