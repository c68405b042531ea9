package pipeline;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.PipelineListener.Captcha;
import portal.CaptchaException;
import portal.Dialect;
import scripts.PendingCaptchas;
import scripts.ScriptReports;

/** Presents the portal's captchas to a person, and sends that person's answers to the portal. */
public final class CaptchaFlow {
  private static final Logger LOG = LoggerFactory.getLogger(CaptchaFlow.class);

  private final PendingCaptchas pending;
  private final ScriptReports reports;
  private final PipelineListener listener;

  /** Scripts whose last answer the portal has neither accepted nor rejected yet. */
  private final Set<Integer> unproven = ConcurrentHashMap.newKeySet();

  public CaptchaFlow(PendingCaptchas pending, ScriptReports reports, PipelineListener listener) {
    this.pending = pending;
    this.reports = reports;
    this.listener = listener;
  }

  /** Waits until a person has solved the captcha of a document. Blocks the page, but no worker. */
  public void waitForPerson(
      @Body Page page, @ExchangeProperty(RoundSteps.VERDICT) Verdict.AskPerson verdict) {
    solve(page, verdict.asked());
  }

  /**
   * Waits until a person has given an answer that the portal accepts for now.
   *
   * @throws CancellationException if the script stops
   */
  void solve(Page page, CaptchaException asked) {
    CaptchaException open = asked;
    while (open != null) {
      asks(page.script(), open);
      String answer = pending.ask(page.script(), open.image(), page.stop());
      unproven.add(page.script());
      open = objection(page.session(), answer);
    }
  }

  private void asks(int script, CaptchaException asked) {
    if (unproven.remove(script)) {
      LOG.warn("the answer to the captcha was wrong");
      listener.captcha(Captcha.WRONG);
    }
    listener.captcha(Captcha.ASKED);
    LOG.info("{}", asked.getMessage());
    reports.waitsForPerson(script);
  }

  private static @Nullable CaptchaException objection(Dialect.Session session, String answer) {
    try {
      session.answer(answer);
      return null;
    } catch (CaptchaException again) {
      return again;
    }
  }

  /** The portal has fulfilled a request, so the last answer was right. */
  void went(int script) {
    if (unproven.remove(script)) {
      LOG.info("the answer to the captcha was right");
      listener.captcha(Captcha.RIGHT);
    }
  }
}
