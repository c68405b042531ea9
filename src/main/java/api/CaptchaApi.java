package api;

import api.dto.CaptchaAnswered;
import api.dto.CaptchaData;
import api.dto.CaptchaSolution;
import api.dto.CaptchasAnswer;
import java.time.InstantSource;
import java.util.Optional;
import model.ApiFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import scripts.PendingCaptchas.Captcha;

/** The calls to list and answer captchas. */
public final class CaptchaApi {
  private static final int LONGEST_ANSWER = 100;

  private final PendingCaptchas captchas;
  private final Orchestrator orchestrator;
  private final InstantSource clock;

  public CaptchaApi(PendingCaptchas captchas, Orchestrator orchestrator, InstantSource clock) {
    this.clock = clock;
    this.captchas = captchas;
    this.orchestrator = orchestrator;
  }

  /** {@code GET /api/captchas}. */
  public CaptchasAnswer waiting() {
    return new CaptchasAnswer(
        captchas.waiting().stream().map(CaptchaApi::data).toList(),
        ApiFormat.time(clock.instant()));
  }

  private static CaptchaData data(Captcha captcha) {
    return new CaptchaData(
        captcha.id(), captcha.script(), captcha.image(), ApiFormat.time(captcha.created()));
  }

  /** {@code POST /api/captchas/{id}}. */
  public CaptchaAnswered answer(@Header("id") String id, Exchange exchange) {
    String answer = text(ApiCall.of(exchange).body(CaptchaSolution.class));
    ControlApi.requireUp(orchestrator);
    Optional<Captcha> captcha =
        captchas.waiting().stream().filter(waits -> waits.id().equals(id)).findFirst();
    if (captcha.isEmpty() || !captchas.answer(id, answer)) {
      throw unknown(id);
    }
    ControlApi.accepted(exchange);
    int script = captcha.get().script();
    return new CaptchaAnswered("script " + script + " sends the answer to the portal", id, script);
  }

  static ApiException unknown(String id) {
    return new ApiException(
        404, "no captcha \"" + id + "\" is waiting; it may have been answered already");
  }

  private static String text(CaptchaSolution solution) {
    String text = solution.answer() == null ? "" : solution.answer();
    if (text.isBlank() || text.codePointCount(0, text.length()) > LONGEST_ANSWER) {
      throw new ApiException(
          400, "answer must be a text of 1 to " + LONGEST_ANSWER + " characters, not all blank");
    }
    return text.strip();
  }
}
