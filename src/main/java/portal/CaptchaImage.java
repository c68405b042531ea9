package portal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import model.FailureReason;

/**
 * The image of a captcha, for a browser. Only bitmap formats are accepted, which cannot contain
 * scripts.
 */
public final class CaptchaImage {
  private static final int LARGEST = 256 * 1024;

  private CaptchaImage() {}

  /**
   * The image as a data URI.
   *
   * @throws PortalException if it is not a PNG, JPEG or GIF of a reasonable size
   */
  public static String dataUri(byte[] image) {
    return "data:%s;base64,%s".formatted(type(image), Base64.getEncoder().encodeToString(image));
  }

  private static String type(byte[] image) {
    String head = new String(image, 0, Math.min(4, image.length), StandardCharsets.ISO_8859_1);
    if (image.length > LARGEST) {
      throw new PortalException(
          FailureReason.TOO_LARGE, image.length + " bytes are too many for a captcha");
    }
    if (head.equals("\u0089PNG")) {
      return "image/png";
    }
    if (head.startsWith("\u00FF\u00D8\u00FF")) {
      return "image/jpeg";
    }
    if (head.startsWith("GIF8")) {
      return "image/gif";
    }
    throw new PortalException(
        FailureReason.UNREADABLE, image.length + " bytes that are not an image");
  }
}
