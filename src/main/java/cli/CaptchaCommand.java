package cli;

import api.client.ApiClient;
import api.client.NoAnswerException;
import api.dto.CaptchaAnswered;
import api.dto.CaptchaSolution;
import api.dto.CaptchasAnswer;
import api.dto.ScriptData;
import api.dto.ScriptStatusAnswer;
import config.UsageException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import model.ServerText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code captcha}: shows the captchas that scripts are waiting for, and sends what the user types.
 */
@Command(
    name = "captcha",
    description = "Shows the captchas that scripts are waiting for, and sends what you type.")
public final class CaptchaCommand implements Callable<Integer> {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int LOOKS = 10;

  private final Invocation invocation;
  private final Set<String> skipped = new HashSet<>();

  @Mixin private final InstanceOption instance = new InstanceOption();

  public CaptchaCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    ApiClient client = instance.client(invocation);
    List<WaitingCaptcha> waiting = waiting(client);
    if (waiting.isEmpty()) {
      say("no captcha is waiting");
      return 0;
    }
    waiting.forEach(
        captcha ->
            say(
                "script %d has been waiting for a captcha since %s",
                captcha.script(), captcha.since()));
    BufferedReader typed =
        new BufferedReader(new InputStreamReader(invocation.in(), Charset.defaultCharset()));
    while (!waiting.isEmpty()) {
      WaitingCaptcha captcha = waiting.get(0);
      Optional<String> line = show(captcha, typed);
      if (line.isEmpty()) {
        return 0;
      }
      take(client, captcha, line.get().strip());
      waiting = waiting(client);
    }
    say(skipped.isEmpty() ? "no captcha is waiting any more" : "only skipped captchas are left");
    return 0;
  }

  /** The waiting captchas that were not skipped, oldest first. */
  private List<WaitingCaptcha> waiting(ApiClient client) throws InterruptedException {
    return WaitingCaptcha.allOf(client.get("/api/captchas", CaptchasAnswer.class)).stream()
        .filter(captcha -> !skipped.contains(captcha.id()))
        .toList();
  }

  /** Shows the image and reads the answer; empty at the end of the input. */
  private Optional<String> show(WaitingCaptcha captcha, BufferedReader typed) throws IOException {
    Path file = captcha.write();
    try {
      if (canDraw()) {
        captcha.drawn(invocation.terminal().columns()).ifPresent(invocation.out()::print);
      }
      say("script %d: the image is in %s", captcha.script(), file);
      say("script %d: type what it shows; an empty line skips it", captcha.script());
      invocation.out().flush();
      return Optional.ofNullable(typed.readLine());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private boolean canDraw() {
    Console console = System.console();
    return console != null
        && invocation.terminal().canRedraw()
        && console.charset().newEncoder().canEncode('▀');
  }

  private void take(ApiClient client, WaitingCaptcha captcha, String answer)
      throws InterruptedException {
    if (answer.isEmpty()) {
      skipped.add(captcha.id());
      return;
    }
    try {
      client.post(
          "/api/captchas/" + captcha.id(), new CaptchaSolution(answer), CaptchaAnswered.class);
    } catch (NoAnswerException away) {
      throw away;
    } catch (UsageException refused) {
      say(
          "%s",
          String.valueOf(refused.getMessage())); // somebody else was faster, or it is too long
      return;
    }
    say("script %d %s", captcha.script(), outcome(client, captcha));
  }

  /** The result of an answer, as soon as it is known. */
  private String outcome(ApiClient client, WaitingCaptcha answered) throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      invocation.pause(EVERY);
      boolean asksAgain =
          waiting(client).stream()
              .anyMatch(
                  captcha ->
                      captcha.script() == answered.script() && !captcha.id().equals(answered.id()));
      if (asksAgain) {
        return "has a new captcha: the answer was wrong";
      }
      ScriptData script =
          client
              .get("/api/scripts/%d/status".formatted(answered.script()), ScriptStatusAnswer.class)
              .data();
      if (!"captcha".equals(script.waitingReason())) {
        return Boolean.TRUE.equals(script.isRunning())
            ? "continues"
            : "is " + ServerText.harmless(script.status());
      }
    }
    return "has the answer, but no result after %d s".formatted(LOOKS * EVERY.toSeconds());
  }

  private void say(String format, Object... values) {
    invocation.out().println(format.formatted(values));
  }
}
