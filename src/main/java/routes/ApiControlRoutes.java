package routes;

import api.AuditApi;
import api.CaptchaApi;
import api.ControlApi;
import api.GovernorApi;

/** The calls that change what this instance does, and those that report what they change. */
public final class ApiControlRoutes extends ApiRoutes {
  private final ControlApi control;
  private final AuditApi audits;
  private final CaptchaApi captchas;
  private final GovernorApi governor;

  public ApiControlRoutes(
      ControlApi control, AuditApi audits, CaptchaApi captchas, GovernorApi governor) {
    this.control = control;
    this.audits = audits;
    this.captchas = captchas;
    this.governor = governor;
  }

  @Override
  void calls() {
    post("/scripts/start", "start", control, "start");
    post("/scripts/start/{id}", "start-one", control, "startOne");
    post("/scripts/stop/{id}", "stop-one", control, "stopOne");
    post("/scripts/stop-all", "stop-all", control, "stopAll");
    post("/scripts/{id}/sweep", "sweep", control, "sweep");
    post("/scripts/{id}/accept", "accept", control, "acceptPage");
    post("/accept", "accept-failed", control, "acceptFailed");
    post("/retry-failed", "retry-failed", control, "retryFailed");
    post("/audit", "audit", audits, "start");
    get("/audit", "audit-state", audits, "state");
    post("/audit/known", "audit-known", audits, "known");
    post("/audit/repair", "audit-repair", audits, "repair");
    get("/captchas", "captchas", captchas, "waiting");
    post("/captchas/{id}", "captcha-answer", captchas, "answer");
    get("/governor", "governor", governor, "state");
    put("/governor", "governor-change", governor, "change");
  }
}
