package cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptchaCommandTest {
  private static final String LIST = "GET /api/captchas";
  private static final Pattern FILE = Pattern.compile("script (\\d+): the image is in (\\S+)");

  @TempDir private Path folder;
  private final PipedOutputStream keyboard = new PipedOutputStream();
  private InstanceStub instance;

  @BeforeEach
  void start() throws IOException {
    instance = new InstanceStub();
    isWaiting(3);
    isWaiting(4);
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private static String captcha(int script, String id) {
    return "{\"id\":\"%s\",\"script_id\":%d,\"image\":\"data:image/png;base64,%s\",\"created\":\"2026-01-01T00:00:00Z\"}"
        .formatted(id, script, Base64.getEncoder().encodeToString(image(id)));
  }

  /** Not a real image: here it is only passed on. */
  private static byte[] image(String id) {
    return ("image of " + id).getBytes(StandardCharsets.UTF_8);
  }

  private void wait(String... captchas) {
    instance.on(
        LIST,
        200,
        "{\"status\":\"success\",\"captchas\":[%s]}"
            .formatted(Arrays.stream(captchas).collect(Collectors.joining(","))));
  }

  private void isWaiting(int script) {
    says(script, "{\"status\":\"waiting\",\"is_running\":true,\"waiting_reason\":\"captcha\"}");
  }

  private void says(int script, String data) {
    instance.on(
        "GET /api/scripts/%d/status".formatted(script),
        200,
        "{\"status\":\"success\",\"data\":%s}".formatted(data));
  }

  private void accepts(String id) {
    instance.on("POST /api/captchas/" + id, 202, "{\"status\":\"success\",\"message\":\"sent\"}");
  }

  private CommandRun run() throws IOException {
    return CommandRun.start(
        new PipedInputStream(keyboard),
        folder,
        Map.of("API_PORT", "" + instance.port(), "API_KEY", "k1"),
        "captcha");
  }

  private void type(String line) throws IOException {
    keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private List<Path> files(CommandRun run) {
    return FILE.matcher(run.out()).results().map(found -> Path.of(found.group(2))).toList();
  }

  private void awaitImages(CommandRun run, String... scripts) {
    await()
        .until(
            () ->
                run.out().endsWith("skips it\n")
                    && FILE.matcher(run.out())
                        .results()
                        .map(found -> found.group(1))
                        .toList()
                        .equals(List.of(scripts)));
  }

  private void awaitAnswerTo(String id) {
    await().until(() -> instance.lines().contains("POST /api/captchas/" + id));
  }

  @Test
  void withoutACaptchaItSaysSoAndEnds() throws Exception {
    wait(new String[0]);
    try (CommandRun run = run()) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("no captcha is waiting\n");
      assertThat(instance.lines()).containsExactly(LIST);
    }
  }

  @Test
  void theImageIsInAPrivateFileUntilItIsAnswered() throws Exception {
    wait(captcha(3, "c1"));
    accepts("c1");
    try (CommandRun run = run()) {
      awaitImages(run, "3");
      Path file = files(run).get(0);
      assertThat(file).hasBinaryContent(image("c1"));
      assertThat(file.toString()).endsWith(".png");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");

      type(" q7xk2p ");
      awaitAnswerTo("c1");
      wait(new String[0]);
      says(3, "{\"status\":\"running\",\"is_running\":true,\"waiting_reason\":null}");
      run.look();
      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .startsWith("script 3 has been waiting for a captcha since 2026-01-01T00:00:00Z\n")
          .endsWith("script 3 continues\nno captcha is waiting any more\n");
      assertThat(run.err()).isEmpty();
      assertThat(instance.asked())
          .contains(
              new InstanceStub.Asked("POST /api/captchas/c1", "k1", "{\"answer\":\"q7xk2p\"}"));
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aWrongAnswerBringsANewImage() throws Exception {
    wait(captcha(3, "c1"));
    accepts("c1");
    accepts("c2");
    try (CommandRun run = run()) {
      awaitImages(run, "3");
      type("wrong");
      awaitAnswerTo("c1");
      wait(captcha(3, "c2"));
      run.look();

      awaitImages(run, "3", "3");
      assertThat(run.out()).contains("script 3 has a new captcha: the answer was wrong\n");
      assertThat(files(run).get(0)).doesNotExist();
      assertThat(files(run).get(1)).hasBinaryContent(image("c2"));

      type("right");
      awaitAnswerTo("c2");
      wait(new String[0]);
      says(3, "{\"status\":\"running\",\"is_running\":true,\"waiting_reason\":null}");
      run.look();
      assertThat(run.exit()).isZero();
      assertThat(run.out()).endsWith("script 3 continues\nno captcha is waiting any more\n");
      assertThat(files(run).get(1)).doesNotExist();
    }
  }

  @Test
  void anEmptyLineSkipsToTheNext() throws Exception {
    wait(captcha(3, "c1"), captcha(4, "c2"));
    try (CommandRun run = run()) {
      awaitImages(run, "3");
      type("");
      awaitImages(run, "3", "4");
      type("  ");
      assertThat(run.exit()).isZero();
      assertThat(run.out()).endsWith("only skipped captchas are left\n");
      assertThat(instance.lines()).allMatch(LIST::equals);
    }
  }

  @Test
  void withoutInputItShowsWhatIsWaitingAndEnds() throws Exception {
    wait(captcha(3, "c1"), captcha(4, "c2"));
    try (CommandRun run =
        CommandRun.start(folder, Map.of("API_PORT", "" + instance.port()), "captcha")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .startsWith(
              """
              script 3 has been waiting for a captcha since 2026-01-01T00:00:00Z
              script 4 has been waiting for a captcha since 2026-01-01T00:00:00Z
              """);
      assertThat(files(run)).allSatisfy(file -> assertThat(file).doesNotExist());
      assertThat(instance.lines()).containsExactly(LIST);
    }
  }

  @Test
  void aRefusedAnswerIsReportedAndTheNextCaptchaShown() throws Exception {
    wait(captcha(3, "c1"), captcha(4, "c2"));
    instance.on(
        "POST /api/captchas/c1",
        404,
        "{\"status\":\"error\",\"message\":\"no captcha \\\"c1\\\" waits, 100% sure\"}");
    try (CommandRun run = run()) {
      awaitImages(run, "3");
      wait(captcha(4, "c2"));
      type("late");
      awaitImages(run, "3", "4");
      assertThat(run.out())
          .contains("/api/captchas/c1 answered 404: no captcha \"c1\" waits, 100% sure\n");
      keyboard.close();
      assertThat(run.exit()).isZero();
    }
  }

  @Test
  void aScriptThatWasStoppedMeanwhileIsReportedAsSuch() throws Exception {
    wait(captcha(3, "c1"));
    accepts("c1");
    says(3, "{\"status\":\"stopped\",\"is_running\":false,\"waiting_reason\":null}");
    try (CommandRun run = run()) {
      awaitImages(run, "3");
      wait(new String[0]);
      type("right");
      run.look();
      assertThat(run.exit()).isZero();
      assertThat(run.out()).endsWith("script 3 is stopped\nno captcha is waiting any more\n");
    }
  }

  @Test
  void anInvalidCaptchaIsReportedInOneLine() throws Exception {
    for (String strange :
        List.of(
            captcha(3, "../c1"),
            captcha(3, "c1").replace("data:image/png;base64,", "http://127.0.0.1/"),
            captcha(3, "c1").replace("base64,", "base64,!"))) {
      wait(strange);
      try (CommandRun run =
          CommandRun.start(folder, Map.of("API_PORT", "" + instance.port()), "captcha")) {
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("captcha of script 3", "--url").hasLineCount(1);
        assertThat(run.out()).isEmpty();
      }
    }
  }

  @Test
  void anUnreachableInstanceIsReportedInOneLine() throws Exception {
    wait(captcha(3, "c1"));
    try (CommandRun run = run()) {
      awaitImages(run, "3");
      instance.close();
      type("right");
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("does not answer").hasLineCount(1);
      assertThat(files(run)).allSatisfy(file -> assertThat(file).doesNotExist());
    }
  }
}
