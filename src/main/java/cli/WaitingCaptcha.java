package cli;

import api.dto.CaptchaData;
import api.dto.CaptchasAnswer;
import cli.terminal.HalfBlocks;
import config.UsageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import model.ServerText;

/**
 * A captcha that a script of a running instance is waiting for.
 *
 * @param since when it was first shown
 * @param format of the image, such as {@code png}
 */
record WaitingCaptcha(String id, int script, String since, String format, byte[] image) {
  private static final Pattern DATA = Pattern.compile("data:image/([a-z]{1,10});base64,(.+)");

  /**
   * Reads a response to {@code GET /api/captchas}.
   *
   * @throws UsageException if it is not such a response
   */
  static List<WaitingCaptcha> allOf(CaptchasAnswer answer) {
    return answer.captchas().stream().map(WaitingCaptcha::of).toList();
  }

  private static WaitingCaptcha of(CaptchaData captcha) {
    String id = String.valueOf(captcha.id());
    Matcher data = DATA.matcher(String.valueOf(captcha.image()));
    try {
      if (captcha.scriptId() != null && id.matches("[\\w-]+") && data.matches()) {
        return new WaitingCaptcha(
            id,
            captcha.scriptId(),
            ServerText.harmless(captcha.created()),
            data.group(1),
            Base64.getDecoder().decode(data.group(2)));
      }
    } catch (IllegalArgumentException notBase64) {
      // reported below
    }
    throw new UsageException(
        "the captcha of script %s cannot be read; expected --url with the address of an instance"
            .formatted(captcha.scriptId()));
  }

  /**
   * Writes the image to a temporary file that only this user can read.
   *
   * @throws UsageException if it cannot be written
   */
  Path write() {
    try {
      Path file = Files.createTempFile("captcha-%d-".formatted(script), "." + format);
      file.toFile().deleteOnExit(); // for Ctrl-C while waiting for the answer
      return Files.write(file, image);
    } catch (IOException e) {
      throw TemporaryFolder.cannotHold("the image of the captcha", e);
    }
  }

  /** The image as characters; empty if its format is unknown. */
  Optional<String> drawn(int columns) {
    try {
      BufferedImage read =
          ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(image)));
      return Optional.ofNullable(read).map(pixels -> new HalfBlocks(pixels, columns).toString());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
