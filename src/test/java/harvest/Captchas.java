package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.EcourtsPortal;
import java.util.Base64;

/** A person with good eyes. */
final class Captchas {
  private static final String PNG = "data:image/png;base64,";

  private Captchas() {}

  /** The text in the image of a captcha, known to the portal that made it. */
  static String read(EcourtsPortal portal, JsonNode captcha) {
    String image = captcha.path("image").asText();
    assertThat(image).startsWith(PNG);
    return portal
        .textOf(Base64.getDecoder().decode(image.substring(PNG.length())))
        .orElseThrow(() -> new AssertionError("an image that the portal never showed"));
  }
}
