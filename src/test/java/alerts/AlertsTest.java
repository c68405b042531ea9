package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import config.AlertSettings;
import config.DataSettings;
import config.HarvestSettings;
import config.StartSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import model.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
  @TempDir Path folder;

  private final MovingClock clock = new MovingClock("2026-11-27T06:00:00Z");
  private Pictures now = new Pictures();
  private final List<String> sent = new ArrayList<>();
  private boolean away;

  private final Channel channel =
      new Channel() {
        @Override
        public String name() {
          return "test";
        }

        @Override
        public Duration gather() {
          return Duration.ZERO;
        }

        @Override
        public List<List<Notice>> batches(List<Notice> notices) {
          return notices.stream().map(List::of).toList();
        }

        @Override
        public Delivery send(List<Notice> together) throws NotTakenException {
          if (away) {
            throw new NotTakenException("away", false, new Exception());
          }
          Notice notice = together.get(0);
          sent.add(
              notice.alert() == null ? "digest" : notice.alert().kind() + notice.alert().state());
          return Delivery.toAll("ok");
        }
      };

  private Outboxes start() {
    AlertSettings settings =
        new AlertSettings(null, null, Duration.ofMinutes(1), Duration.ZERO, LocalTime.of(7, 0));
    HarvestSettings harvest =
        new HarvestSettings(
            2,
            Distribution.of(4, 4, 40, 10),
            StartSettings.NONE,
            Duration.ZERO,
            folder,
            new DataSettings(1, Duration.ZERO, 0));
    return new Outboxes(
        new Alerts(
            settings,
            harvest,
            new Channels(channel, null),
            () -> now.situation(),
            clock.ticker(),
            clock.withZone(ZoneOffset.UTC)));
  }

  private record Outboxes(Alerts alerts) {
    void look() {
      alerts.look();
      alerts.sendMails();
    }
  }

  @Test
  void theNextProcessSendsWhatIsUnsentAndRepeatsNothing() throws Exception {
    away = true;
    now = new Pictures().script(5, "error").script(6, "completed");
    Outboxes first = start();
    first.look();
    clock.pass(Duration.ofMinutes(1));
    first.look();
    first.alerts().close();
    assertThat(sent).isEmpty();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("alerts.json"))))
        .isEqualTo("rw-------");

    away = false;
    Outboxes second = start();
    second.look();
    assertThat(sent).containsExactly("script_completedopen", "script_erroropen");
    now = new Pictures().script(5, "running").script(6, "completed");
    second.look();
    clock.pass(Duration.ofMinutes(1));
    second.look();

    assertThat(sent)
        .containsExactly("script_completedopen", "script_erroropen", "script_errorclosed");
    start().look();
    assertThat(sent).hasSize(3);
  }

  @Test
  void theDigestComesOnceADay() {
    Outboxes alerts = start();
    alerts.look();
    clock.pass(Duration.ofHours(1));
    alerts.look();
    alerts.look();
    start().look();
    assertThat(sent).containsExactly("digest");
    clock.pass(Duration.ofHours(24));
    start().look();

    assertThat(sent).containsExactly("digest", "digest");
  }

  @Test
  void alertsAreSentEvenIfTheFileIsBrokenOrCannotBeWritten() throws Exception {
    Files.writeString(folder.resolve("alerts.json"), "{\"open\":[{");
    Files.createDirectory(folder.resolve("alerts.json.next"));
    now = new Pictures().script(5, "running").script(6, "completed");
    start().look();

    assertThat(sent).containsExactly("script_completedopen");
  }
}
