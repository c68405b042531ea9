package scripts;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The captchas that wait for a person, at most one a script. Scripts ask from their own threads,
 * persons look and answer from others.
 */
public final class PendingCaptchas {
  /**
   * An image and whose it is.
   *
   * @param id cannot be guessed; another one for each image
   * @param script that waits for the answer
   * @param image data URI, as {@code data:image/png;base64,…}
   * @param created when it was shown first
   */
  public record Captcha(String id, int script, String image, Instant created) {}

  private record Question(Captcha captcha, CompletableFuture<String> answer) {}

  private static final Logger LOG = LoggerFactory.getLogger(PendingCaptchas.class);

  private final InstantSource clock;
  private final Map<Integer, Question> ofScript = new LinkedHashMap<>();

  /**
   * @param clock tells when a captcha was shown first
   */
  public PendingCaptchas(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Shows a captcha and waits for a person's answer, however long that takes.
   *
   * @param image data URI of the image
   * @return what the person wrote
   * @throws CancellationException when the script stops, or the thread is interrupted; the captcha
   *     is not shown any more then
   * @throws IllegalStateException when the script has a captcha waiting already
   */
  public String ask(int script, String image, StopSignal stop) {
    stop.throwIfStopped();
    Question question = show(script, image);
    try {
      return stop.await(question.answer());
    } finally {
      remove(question);
    }
  }

  private synchronized Question show(int script, String image) {
    boolean first = ofScript.isEmpty();
    String id = UUID.randomUUID().toString();
    Question question =
        new Question(new Captcha(id, script, image, clock.instant()), new CompletableFuture<>());
    if (ofScript.putIfAbsent(script, question) != null) {
      throw new IllegalStateException("script " + script + " has a captcha waiting already");
    }
    if (first) {
      LOG.warn(
          "a captcha waits for a person: answer it on the dashboard or with ./harvester captcha");
    } else {
      LOG.info("the portal asks for a captcha; others wait already");
    }
    return question;
  }

  private synchronized void remove(Question question) {
    ofScript.remove(question.captcha().script(), question);
  }

  /** Those that wait, oldest first. */
  public synchronized List<Captcha> waiting() {
    return ofScript.values().stream().map(Question::captcha).toList();
  }

  /**
   * Gives a person's answer to the script that waits for it.
   *
   * @return false when nothing of this id waits: it is unknown, or was answered already
   */
  public synchronized boolean answer(String id, String answer) {
    Optional<Question> asked =
        ofScript.values().stream()
            .filter(question -> question.captcha().id().equals(id))
            .findFirst();
    asked.ifPresent(
        question -> {
          remove(question);
          question.answer().complete(answer);
        });
    return asked.isPresent();
  }
}
