package portal.ecourts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import model.ServerText;

/**
 * A JSON response of the portal. Failures arrive with status 200: the end of the session, or an
 * {@code errormsg}, in varying places.
 */
final class EcourtsAnswer {
  private static final Pattern YES = Pattern.compile("y|yes|true|1");
  private static final Pattern NO = Pattern.compile("n|no|false|0");

  /** The rows of the longest listing have a tenth of them; each needs many times its bytes. */
  private static final int MOST_TOKENS = 50_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
              .build());

  private static final int LONGEST_SHOWN = 200;

  private final JsonNode content;

  private EcourtsAnswer(JsonNode content) {
    this.content = content;
  }

  /**
   * Empty if the bytes are not a JSON object, or one with far more in it than any answer; usually
   * they are HTML, or nothing.
   */
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

  /** The portal's error message, for people. */
  Optional<String> objection() {
    return said().map(text -> ServerText.cut(ServerText.harmless(text), LONGEST_SHOWN));
  }

  private Optional<String> said() {
    return text("errormsg").or(() -> text("message"));
  }

  private boolean mentions(String word) {
    return said().filter(text -> text.toLowerCase(Locale.ROOT).contains(word)).isPresent();
  }

  /** Whether the error message mentions a captcha. */
  boolean namesACaptcha() {
    return mentions("captcha");
  }

  /** Whether the portal rejects the token without sending a new one. */
  boolean wantsAnotherToken() {
    return token().isEmpty() && mentions("token");
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
