package portal.ecourts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One JSON answer of the portal. Its failures come with status 200: an end of the session, or an
 * {@code errormsg}, wherever the portal likes.
 */
final class EcourtsAnswer {
  private static final Pattern YES = Pattern.compile("y|yes|true|1");
  private static final Pattern NO = Pattern.compile("n|no|false|0");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode content;

  private EcourtsAnswer(JsonNode content) {
    this.content = content;
  }

  /** Empty when the bytes are no JSON object: as a rule HTML, or nothing. */
  static Optional<EcourtsAnswer> of(byte[] body) {
    try {
      String text = new String(body, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
      JsonNode content = JSON.readTree(text);
      return content.isObject() ? Optional.of(new EcourtsAnswer(content)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Whether the portal has ended the session. */
  boolean isSessionOver() {
    return YES.matcher(word("session_expire")).matches();
  }

  /** The token that the next request must carry. */
  Optional<String> token() {
    return text("app_token");
  }

  /** The listing that the answer holds. */
  Optional<JsonNode> report() {
    return Optional.of(content.path("reportrow")).filter(JsonNode::isObject);
  }

  /** Where a document lies for a while. */
  Optional<String> outputFile() {
    return text("outputfile");
  }

  /** The HTML with the image of a captcha, in place of a document. */
  Optional<String> captchaHtml() {
    return text("filename");
  }

  /** What the portal has to object. */
  Optional<String> objection() {
    return text("errormsg").or(() -> text("message"));
  }

  /** Whether what the portal objects names a captcha. */
  boolean namesACaptcha() {
    return objection()
        .filter(said -> said.toLowerCase(Locale.ROOT).contains("captcha"))
        .isPresent();
  }

  /** Whether it objects to the token and gives no other. */
  boolean wantsAnotherToken() {
    return token().isEmpty()
        && objection().filter(said -> said.toLowerCase(Locale.ROOT).contains("token")).isPresent();
  }

  /** Whether the answer to a captcha was called wrong. */
  boolean isWrongCaptcha() {
    return namesACaptcha() || NO.matcher(word("captcha_status")).matches();
  }

  private String word(String field) {
    return content.path(field).asText("").strip().toLowerCase(Locale.ROOT);
  }

  private Optional<String> text(String field) {
    return Optional.of(content.path(field))
        .filter(JsonNode::isValueNode)
        .map(node -> node.asText("").strip())
        .filter(text -> !text.isEmpty() && !text.equals("null"));
  }
}
