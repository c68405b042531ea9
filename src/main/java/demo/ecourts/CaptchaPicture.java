package demo.ecourts;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a captcha with built-in glyphs, because Java on a server often has no fonts. */
final class CaptchaPicture {
  private static final int COLUMNS = 5; // of a glyph, in dots
  private static final int ROWS = 7;
  private static final int DOT = 4; // pixels, like what follows
  private static final int MARGIN = 12;
  private static final int HEIGHT = ROWS * DOT + 2 * MARGIN;
  private static final int STEP = (COLUMNS + 1) * DOT;
  private static final int PAPER = 0xFFFFFF;
  private static final int INK = 0x1D3557;
  private static final int LINE = 0x8AA0B8;

  /** The rows of each glyph from the top, one byte per row; the lowest bit is the rightmost dot. */
  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('2', "0E11010204081F"),
          Map.entry('3', "1F02040201110E"),
          Map.entry('4', "02060A121F0202"),
          Map.entry('5', "1F101E0101110E"),
          Map.entry('6', "0608101E11110E"),
          Map.entry('7', "1F010204080808"),
          Map.entry('8', "0E11110E11110E"),
          Map.entry('9', "0E11110F01020C"),
          Map.entry('A', "0E11111F111111"),
          Map.entry('B', "1E11111E11111E"),
          Map.entry('C', "0E11101010110E"),
          Map.entry('D', "1E11111111111E"),
          Map.entry('E', "1F10101E10101F"),
          Map.entry('F', "1F10101E101010"),
          Map.entry('G', "0E11101711110F"),
          Map.entry('H', "1111111F111111"),
          Map.entry('J', "0702020202120C"),
          Map.entry('K', "11121418141211"),
          Map.entry('L', "1010101010101F"),
          Map.entry('M', "111B1515111111"),
          Map.entry('N', "11111915131111"),
          Map.entry('P', "1E11111E101010"),
          Map.entry('Q', "0E11111115120D"),
          Map.entry('R', "1E11111E141211"),
          Map.entry('T', "1F040404040404"),
          Map.entry('U', "1111111111110E"),
          Map.entry('V', "11111111110A04"),
          Map.entry('W', "1111111515150A"),
          Map.entry('X', "11110A040A1111"),
          Map.entry('Y', "11110A04040404"));

  /** The letters that can be drawn, without any that are easily confused. */
  static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRTUVWXY";

  private CaptchaPicture() {}

  /**
   * Draws a text.
   *
   * @param text made of letters of {@link #ALPHABET}
   * @return a PNG, the same for the same text
   */
  static byte[] png(String text) {
    int width = text.length() * STEP + 2 * MARGIN;
    BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < HEIGHT; y++) {
        image.setRGB(x, y, (x + 2 * y) % 23 == 0 ? LINE : PAPER);
      }
    }
    for (int i = 0; i < text.length(); i++) {
      // uneven, as captchas are
      drawLetter(image, text.charAt(i), MARGIN + i * STEP, MARGIN + (i % 3 - 1) * DOT);
    }
    return encoded(image);
  }

  private static void drawLetter(BufferedImage image, char letter, int left, int top) {
    byte[] rows = HexFormat.of().parseHex(LETTERS.get(letter));
    for (int x = 0; x < COLUMNS * DOT; x++) {
      for (int y = 0; y < ROWS * DOT; y++) {
        if ((rows[y / DOT] >> (COLUMNS - 1 - x / DOT) & 1) == 1) {
          image.setRGB(left + x, top + y, INK);
        }
      }
    }
  }

  private static byte[] encoded(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // in memory: otherwise ImageIO would create a cache file
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
