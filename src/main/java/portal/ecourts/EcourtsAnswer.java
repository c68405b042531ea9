package portal.ecourts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON response of the portal. Failures arrive with status 200: the end of the session, or an
 * {@code errormsg}, in varying places.
 */
final class EcourtsAnswer {
  private static final Pattern YES = Pattern.compile("y|yes|true|1");
  private static final Pattern NO = Pattern.compile("n|no|false|0");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode content;

  private EcourtsAnswer(JsonNode content) {
    this.content = content;
  }

  /** Empty if the bytes are not a JSON object; usually they are HTML, or nothing. */
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

  /** The listing in the response. */
  Optional<JsonNode> report() {
    return Optional.of(content.path("reportrow")).filter(JsonNode::isObject);
  }

  /** The short-lived address of a document. */
  Optional<String> outputFile() {
    return text("outputfile");
  }

  /** The HTML with the image of a captcha, instead of a document. */
  Optional<String> captchaHtml() {
    return text("filename");
  }

  /** The portal's error message. */
  Optional<String> objection() {
    return text("errormsg").or(() -> text("message"));
  }

  /** Whether the error message mentions a captcha. */
  boolean namesACaptcha() {
    return objection()
        .filter(said -> said.toLowerCase(Locale.ROOT).contains("captcha"))
        .isPresent();
  }

  /** Whether the portal rejects the token without sending a new one. */
  boolean wantsAnotherToken() {
    return token().isEmpty()
        && objection().filter(said -> said.toLowerCase(Locale.ROOT).contains("token")).isPresent();
  }

  /** Whether the answer to a captcha was rejected. */
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
