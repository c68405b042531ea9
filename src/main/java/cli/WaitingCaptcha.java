package cli;

import cli.terminal.HalfBlocks;
import cli.terminal.ServerText;
import com.fasterxml.jackson.databind.JsonNode;
import config.UsageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A captcha that a script of a running instance is waiting for.
 *
 * @param since when it was first shown
 * @param format of the image, as {@code png}
 */
record WaitingCaptcha(String id, int script, String since, String format, byte[] image) {
  private static final Pattern DATA = Pattern.compile("data:image/([a-z]{1,10});base64,(.+)");

  /**
   * Reads a response to {@code GET /api/captchas}.
   *
   * @throws UsageException if it is not such a response
   */
  static List<WaitingCaptcha> allOf(JsonNode answer) {
    List<WaitingCaptcha> all = new ArrayList<>();
    answer.path("captchas").forEach(captcha -> all.add(of(captcha)));
    return all;
  }

  private static WaitingCaptcha of(JsonNode captcha) {
    String id = captcha.path("id").asText();
    Matcher data = DATA.matcher(captcha.path("image").asText());
    try {
      if (id.matches("[\\w-]+") && data.matches()) {
        return new WaitingCaptcha(
            id,
            captcha.path("script_id").asInt(),
            ServerText.harmless(captcha.path("created").asText()),
            data.group(1),
            Base64.getDecoder().decode(data.group(2)));
      }
    } catch (IllegalArgumentException notBase64) {
      // reported below
    }
    throw new UsageException(
        "the captcha of script %d cannot be read; expected --url with the address of an instance"
            .formatted(captcha.path("script_id").asInt()));
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
      throw new UsageException(
          "the image cannot be written to a temporary file (%s); expected a writable %s"
              .formatted(e, System.getProperty("java.io.tmpdir")),
          e);
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
