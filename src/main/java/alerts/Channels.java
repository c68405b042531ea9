package alerts;

import config.AlertSettings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import model.ApiFormat;
import org.jspecify.annotations.Nullable;

/**
 * The configured ways to notify people.
 *
 * @param mail null for none
 * @param webhook null for none
 */
public record Channels(@Nullable Channel mail, @Nullable Channel webhook) {
  /**
   * What one channel answered to a test.
   *
   * @param isTaken whether it accepted the alert for all recipients
   * @param words which channel, and its answer
   */
  public record Answer(boolean isTaken, String words) {}

  /**
   * @param footer the last lines of every mail: where to look
   * @param zone of the times in messages
   */
  public static Channels of(
      AlertSettings settings, int instance, String footer, InstantSource clock, ZoneId zone) {
    return new Channels(
        settings.smtp() == null
            ? null
            : new MailChannel(
                settings.smtp(), new MailText(instance, zone, footer), clock, Channel.TIMEOUT),
        settings.webhook() == null
            ? null
            : new WebhookChannel(settings.webhook(), Channel.TIMEOUT));
  }

  /** Sends a test alert by every channel. */
  public List<Answer> test(int instance, InstantSource clock) {
    // a kind that is never closed, since nothing follows
    Alert alert =
        new Alert(
            "instance %d: this is a test, nothing has happened".formatted(instance),
            AlertKind.SCRIPT_COMPLETED.word(),
            Alert.OPEN,
            instance,
            null,
            null);
    Notice notice = new Notice(ApiFormat.time(clock.instant()), alert, false, null);
    return Stream.of(mail, webhook)
        .filter(Objects::nonNull)
        .map(channel -> tryOut(Objects.requireNonNull(channel), notice))
        .toList();
  }

  private static Answer tryOut(Channel channel, Notice notice) {
    try {
      Channel.Delivery delivery = channel.send(List.of(notice));
      return new Answer(
          delivery.toAll(), "%s: taken, it %s".formatted(channel.name(), delivery.words()));
    } catch (Channel.NotTakenException e) {
      return new Answer(false, "%s: not taken: %s".formatted(channel.name(), e.getMessage()));
    }
  }
}
