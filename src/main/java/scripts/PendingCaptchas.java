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
 * The captchas waiting for a person, at most one per script. Scripts ask on their own threads,
 * people read and answer on others.
 */
public final class PendingCaptchas {
  /**
   * A captcha of a script.
   *
   * @param id unguessable, and new for each image
   * @param script the script waiting for the answer
   * @param image data URI, such as {@code data:image/png;base64,…}
   * @param created when it was first shown
   */
  public record Captcha(String id, int script, String image, Instant created) {}

  private record Question(Captcha captcha, CompletableFuture<String> answer) {}

  private static final Logger LOG = LoggerFactory.getLogger(PendingCaptchas.class);

  private final InstantSource clock;
  private final Map<Integer, Question> ofScript = new LinkedHashMap<>();

  /**
   * @param clock for the time when a captcha was first shown
   */
  public PendingCaptchas(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Shows a captcha, and waits for a person's answer, however long that takes.
   *
   * @param image data URI of the image
   * @return the person's answer
   * @throws CancellationException if the script stops, or the thread is interrupted; the captcha is
   *     then no longer shown
   * @throws IllegalStateException if the script already has a captcha waiting
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
      throw new IllegalStateException("script " + script + " already has a captcha waiting");
    }
    if (first) {
      LOG.warn(
          "a captcha is waiting for a person: answer it on the dashboard or with ./harvester captcha");
    } else {
      LOG.info("the portal asks for a captcha; others are already waiting");
    }
    return question;
  }

  private synchronized void remove(Question question) {
    ofScript.remove(question.captcha().script(), question);
  }

  /** The waiting captchas, oldest first. */
  public synchronized List<Captcha> waiting() {
    return ofScript.values().stream().map(Question::captcha).toList();
  }

  /**
   * Passes a person's answer to the script waiting for it.
   *
   * @return false if no captcha with this id is waiting: it is unknown, or was already answered
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
