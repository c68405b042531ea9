package api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import model.ApiFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import scripts.PendingCaptchas.Captcha;

/** The calls by which a person sees the captchas that wait, and answers them. */
public final class CaptchaApi {
  private static final int LONGEST_ANSWER = 100;

  private final PendingCaptchas desk;
  private final Orchestrator orchestrator;

  public CaptchaApi(PendingCaptchas desk, Orchestrator orchestrator) {
    this.desk = desk;
    this.orchestrator = orchestrator;
  }

  /** {@code GET /api/captchas}. */
  public Map<String, Object> waiting() {
    return StatusApi.success(
        "captchas", desk.waiting().stream().map(CaptchaApi::describe).toList());
  }

  private static Map<String, Object> describe(Captcha captcha) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", captcha.id());
    fields.put("script_id", captcha.script());
    fields.put("image", captcha.image());
    fields.put("created", ApiFormat.time(captcha.created()));
    return fields;
  }

  /** {@code POST /api/captchas/{id}}. */
  public Map<String, Object> answer(@Header("id") String id, Exchange exchange) {
    String answer = text(ApiCall.of(exchange).object(Set.of("answer")).path("answer"));
    ControlApi.requireUp(orchestrator);
    Optional<Captcha> captcha =
        desk.waiting().stream().filter(waits -> waits.id().equals(id)).findFirst();
    if (captcha.isEmpty() || !desk.answer(id, answer)) {
      throw new ApiException(
          404, "no captcha \"" + id + "\" waits; it may have been answered already");
    }
    ControlApi.accepted(exchange);
    int script = captcha.get().script();
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("status", "success");
    said.put("message", "script " + script + " sends the answer to the portal");
    said.put("id", id);
    said.put("script_id", script);
    return said;
  }

  private static String text(JsonNode answer) {
    String text = answer.isTextual() ? answer.asText() : "";
    if (text.isBlank() || text.codePointCount(0, text.length()) > LONGEST_ANSWER) {
      throw new ApiException(
          400, "answer must be a text of 1 to " + LONGEST_ANSWER + " characters, not all blank");
    }
    return text.strip();
  }
}
